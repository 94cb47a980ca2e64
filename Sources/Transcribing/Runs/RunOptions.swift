public import AudioTiming

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
  /// The prompt that says whose voices a transcript has; `nil` never asks.
  ///
  /// Asked after a reply that ended before it said so, and always where two passes are asked for.
  public var speakers: ExtractionPrompt?

  /// Whether the times of local sources are held against their sound, and long pauses against its silences.
  public var listens = false

  /// Who speaks the rows of local sources, so that the sound sets their times; `nil` leaves them as stated.
  public var rowSpeaker: RowSpeaker?

  /// Whether what people corrected in an earlier result of the same recording goes over to the new one; not to
  /// pieces of it that are asked about to learn something else.
  public var carriesCorrections = true

  /// How requests travel.
  public var carrier = RequestCarrier.online

  /// Whether everything comes from the store: replies are read anew, and nothing is sent.
  public var isOffline = false

  /// What a worker holds of a run that several carry out; `nil` for a run of its own.
  public var share: RunShare?

  /// Whether work is done that was done before, or that another process is at.
  public var isRepeated = false

  /// The usual options.
  public init() {}
}
