// Names for codes that more than one place uses, or that are looked for. What they mean stands in
// the catalogue.
extension Finding.Code {
  // MARK: The reply as a whole

  /// The reply ends before it is complete; the rows it has are kept.
  public static let truncated: Self = "truncated"
  /// The service refused to answer, or stopped answering, for reasons of content.
  public static let blocked: Self = "blocked"
  /// The reply repeats itself instead of going on; what follows the loop is missing.
  public static let looped: Self = "looped"

  /// No row came, so there is nothing to read.
  public static let noRows: Self = "no-rows"
  /// No row has a time, so nothing can be found in the video.
  public static let noTimes: Self = "no-times"

  // MARK: The shape of the reply

  /// A table that was asked for is not there.
  public static let missingTable: Self = "missing-table"
  /// A row has fewer cells than its table has columns.
  public static let shortRow: Self = "short-row"
  /// A row has more cells than its table has columns.
  public static let surplusCell: Self = "surplus-cell"
  /// A table has no header, so its columns were told by their position.
  public static let headerMissing: Self = "header-missing"
  /// A cell has a value that its column does not list.
  public static let badEnum: Self = "bad-enum"
  /// A cell does not have its column's type.
  public static let badType: Self = "bad-type"

  // MARK: Rows

  /// A row says the same, at the same time, by the same voice, as a row before it.
  public static let repeatedRow: Self = "repeated-row"
  /// More words than can be said in the time there is.
  public static let impossiblePace: Self = "impossible-pace"
  /// No row for longer than a minute.
  public static let gap: Self = "gap"
  /// Far fewer or more words over the whole than people say.
  public static let implausibleDensity: Self = "implausible-density"

  // MARK: Times

  /// A row starts before the row above it, or ends before it starts.
  public static let timeReversed: Self = "time-reversed"
  /// A row lies outside the part of the media that was sent.
  public static let timeOutsideClip: Self = "time-outside-clip"
  /// A written time has two readings, and the less usual one was taken.
  public static let timeAmbiguous: Self = "time-ambiguous"
  /// Times counted from the start of the clip, and were moved to count from the source's.
  public static let timebaseShifted: Self = "timebase-shifted"
  /// A start was written as a range of time.
  public static let timeRange: Self = "time-range"
  /// A time is written in a way that was not asked for.
  public static let timeSpelling: Self = "time-spelling"
  /// A cell that should be a time cannot be read as one.
  public static let timeUnreadable: Self = "time-unreadable"

  // MARK: Voices and names

  /// A row has a voice that the speakers table does not describe.
  public static let unknownVoice: Self = "unknown-voice"
  /// The speakers table describes a voice that no row has.
  public static let unusedSpeaker: Self = "unused-speaker"
  /// The speakers table has a voice twice, or one name for two voices.
  public static let duplicateSpeaker: Self = "duplicate-speaker"
  /// A name is spelled in two ways.
  public static let nameSpelledTwoWays: Self = "name-spelled-two-ways"

  // MARK: The sound

  /// Times are off by more than a second, run away from the sound, or jump.
  public static let timeDrift: Self = "time-drift"
  /// A row stands where nobody speaks.
  public static let rowInSilence: Self = "row-in-silence"
  /// Somebody speaks where no row is.
  public static let speechUntranscribed: Self = "speech-untranscribed"

  // MARK: Recipes

  /// Rows have no answer where each should have one.
  public static let rowsUnanswered: Self = "rows-unanswered"
  /// Nothing is said of a transcript that one answer is due about.
  public static let answerMissing: Self = "answer-missing"

  // MARK: The request

  /// Token counts contradict the frame rate, clip or resolution that was asked for.
  public static let knobIgnored: Self = "knob-ignored"
  /// A prefix that should have come from the cache was billed in full.
  public static let cacheMissUnexpected: Self = "cache-miss-unexpected"
  /// The bill is far from the estimate.
  public static let estimateOff: Self = "estimate-off"
  /// Another model answered than was asked.
  public static let otherModel: Self = "other-model"
  /// The request was served at another tier than was asked for.
  public static let otherTier: Self = "other-tier"
  /// The service's token counts cannot be right.
  public static let badUsage: Self = "bad-usage"
  /// A character arrived broken.
  public static let lostCharacter: Self = "lost-character"
}

extension Sequence<Finding> {
  /// Whether a result is nothing to work with, whatever came: no row, or no time.
  public var tellOfNothing: Bool { contains { $0.code == .noRows || $0.code == .noTimes } }
}
