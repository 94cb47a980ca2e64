public import RequestPlanning

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// How a run of many transcriptions is carried out.
public struct RunOptions: Sendable {
  /// Requests under way at a time, `1...`.
  public var jobs = 4
  /// The most the run may cost, in US dollars; checked before each request.
  public var costLimit: Decimal?
  /// Failed items after which nothing more is begun; `nil` goes on to the end.
  public var maxFailures: Int?
  /// Whether the rest of a reply that ended too soon is asked for.
  public var continues = true
  /// Whether stretches without a row are asked for once more.
  public var fillsGaps = false
  /// The prompt that says whose voices a transcript has; `nil` never asks.
  ///
  /// Asked after a reply that ended before it said so, or always when ``describesSpeakers`` is set.
  public var speakers: ExtractionPrompt?
  /// Whether whose voices are heard is always asked apart, with the transcript given back.
  public var describesSpeakers = false

  /// Whether and when caches of our own are created for requests that begin alike.
  public var explicitCaching = PlannerOptions.ExplicitCaching.never

  /// Whether everything comes from the store: replies are read anew, and nothing is sent.
  public var isOffline = false

  /// The usual options.
  public init() {}
}
