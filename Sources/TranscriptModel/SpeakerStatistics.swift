/// How much one voice speaks; times are estimates wherever ends are.
public struct SpeakerStatistics: Hashable, Sendable {
  /// The voice.
  public let voice: Int
  /// The time spent talking, in milliseconds.
  public let talkTimeMS: Int
  /// The part of all voices' talk time, `0...1`; 0 when nobody talks.
  public let share: Double
  /// Stretches of consecutive rows of this voice.
  public let turns: Int
  /// Rows of the transcript.
  public let rows: Int
  /// The talk time of the longest turn, in milliseconds.
  public let longestTurnMS: Int
  /// Words, counted as ``SpokenWords`` does.
  public let words: Int
  /// When the voice is first heard, in source time; `nil` when it is not heard, or at no known time.
  public let firstHeard: Timecode?
  /// The talk time of all other voices, in milliseconds.
  public let listenTimeMS: Int

  /// Words for each minute of talk time; `nil` without talk time.
  public var wordsPerMinute: Double? {
    talkTimeMS > 0 ? Double(words) * 60000 / Double(talkTimeMS) : nil
  }

  /// Talk time for each unit of the others' talk time; `nil` when no other voice talks.
  public var talkToListenRatio: Double? {
    listenTimeMS > 0 ? Double(talkTimeMS) / Double(listenTimeMS) : nil
  }
}

/// How much is said in a transcript, and by whom.
public struct TranscriptStatistics: Hashable, Sendable {
  /// One entry for each speaker of the transcript, in its order.
  public let speakers: [SpeakerStatistics]
  /// The talk time of all rows, in milliseconds; rows at the same time count each.
  public let talkTimeMS: Int
  /// The words of all rows.
  public let words: Int
  /// The time in which at least one row is spoken, in milliseconds.
  public let coveredMS: Int
  /// The part of the given stretch in which at least one row is spoken, `0...1`; `nil` when the
  /// stretch is not known or empty.
  public let coverage: Double?
  /// Whether any of the times were derived and not given by the reply.
  public let isEstimate: Bool
}
