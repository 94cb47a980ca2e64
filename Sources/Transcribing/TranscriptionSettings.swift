public import OrderedJSON
public import RequestPlanning
public import TabularExtraction
public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What a user asks of a transcription, beside the source; what is `nil` is left to the prompt,
/// the model or the source.
public struct TranscriptionSettings: Sendable {
  /// Values for the prompt's variables, by name.
  public var parameters: JSONObject
  /// The model's id or alias, instead of the prompt's.
  public var model: String?
  /// How the tables are asked for.
  public var encoding: ReplyEncoding
  /// Where the clip begins, in source time.
  public var start: Timecode?
  /// Where the clip ends, in source time.
  public var end: Timecode?
  /// The length of sources whose length cannot be found out; what can be probed goes before it.
  public var duration: Timecode?
  /// Frames sampled each second, above 0 and at most 24.
  public var fps: Double?
  /// `low`, `medium` or `high`, instead of the prompt's.
  public var mediaResolution: String?
  /// `minimal`, `low`, `medium` or `high`, instead of the prompt's.
  public var thinkingLevel: String?
  /// `standard`, `flex` or `priority`; `nil` leaves it to the service.
  public var serviceTier: String?
  /// What times in a reply about a clip count from.
  public var timebase: Timebase
  /// Whether and how the source is cut into clips that are asked about one by one.
  public var sharding: Sharding
  /// How much of a clip the next one repeats, in milliseconds.
  public var overlap: Int
  /// The most a request may be expected to cost, in US dollars.
  public var costLimit: Decimal?
  /// Speakers known from elsewhere, one a line; added to the variable `context` of prompts that
  /// declare it.
  ///
  /// No part of what makes work the same: it grows with every transcript, so that otherwise nothing
  /// would ever count as done before.
  public var knownSpeakers = ""

  /// The settings of someone who asks for nothing special.
  public init() {
    parameters = [:]
    encoding = .json
    timebase = .auto
    sharding = .automatic
    overlap = ClipPlanner.usualOverlap
  }

  /// The greatest sampling rate the service takes, in frames a second.
  ///
  /// - Source: Gemini API discovery document of 2026-08-31, `VideoMetadata.fps`.
  public static let greatestFPS = 24.0

  /// Refuses settings that contradict themselves, before anything is read or sent.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidSettings`.
  public func validate() throws(TranscriptionError) {
    if let fps, !(fps > 0 && fps <= Self.greatestFPS) {
      throw TranscriptionError(
        .invalidSettings,
        "A frame rate of \(fps) frames a second cannot be asked for.",
        remedy: "Give --fps a number above 0 and at most 24."
      )
    }
    if let end, end <= start ?? .zero {
      throw TranscriptionError(
        .invalidSettings,
        "The clip ends at \(end.renderedExactly), which is not after its start at "
          + "\((start ?? .zero).renderedExactly).",
        remedy: "Give --end a later time than --start."
      )
    }
  }

  /// The clip in a source of known or unknown length; `nil` for all of the source.
  func clip(of duration: Timecode?) throws(TranscriptionError) -> TimeRange? {
    guard start != nil || end != nil else { return nil }
    let start = start ?? .zero
    if let duration, start >= duration { throw startIsPastTheEnd(start, of: duration) }
    guard let end = [end, duration].compactMap(\.self).min() else { return nil }
    return TimeRange(start: start, end: end)
  }

  /// The clips of a request; a single `nil` when it is about no stretch of known length.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidSettings`.
  func clips(
    of shape: RequestShape?,
    estimator: TokenEstimator?
  ) throws(TranscriptionError) -> [TimeRange?] {
    guard let shape, shape.media != nil else { return [nil] }
    do {
      return try ClipPlanner(sharding: sharding, overlap: overlap)
        .clips(of: shape, estimator: estimator)
    } catch {
      throw TranscriptionError(.invalidSettings, error.message, remedy: error.remedy)
    }
  }

  private func startIsPastTheEnd(_ start: Timecode, of duration: Timecode) -> TranscriptionError {
    TranscriptionError(
      .invalidSettings,
      "The clip starts at \(start.renderedExactly), but the source is only "
        + "\(duration.renderedExactly) long.",
      remedy: "Give --start an earlier time."
    )
  }
}
