/// How a transcript is written.
public struct FormatOptions: Hashable, Sendable {
  /// How much text one caption holds at most, beside what its lines hold.
  public enum CueLength: Hashable, Sendable {
    /// A number of words.
    case words(Int)
    /// A number of Unicode scalars.
    case characters(Int)
  }

  /// The machine's text, voices and speakers instead of the corrected ones.
  public var isMachineText = false
  /// Whether texts and captions name their speaker; tables always do.
  public var hasSpeakers = true
  /// Whether documents show a person's corrections as tracked changes.
  public var tracksChanges = false
  /// How much text one caption holds at most, `1...`; without it, what its lines hold.
  public var cueLength: CueLength?
  /// The longest line of a caption in cells, `1...`, of which a full-width character takes two; without
  /// it, what the script of each row asks for.
  public var lineLength: Int?
  /// The most lines of a caption, `1...`.
  public var lineCount = 2
  /// Characters that are read in a second, `1...`, which limits captions whose end is an estimate;
  /// without it, what the script of each row asks for.
  public var readingSpeed: Int?
  /// How captions tell speakers apart.
  public var speakerStyle = SpeakerStyle.name
  /// Whether WebVTT shows names as text, beside the voices it always has.
  public var showsNames = false
  /// Whether WebVTT shows words as they are spoken, where that is known.
  public var showsWordTimes = false
  /// The language of the texts, a BCP 47 tag; without it, that of each row where a column says so.
  public var language: String?
  /// The table with the rows in other words that is written in their place, or below them; as recipes
  /// make them.
  public var wording: String?
  /// Whether captions show a row in both wordings.
  public var isBilingual = false
  /// What is added to the times of captions, in milliseconds, `0...`.
  public var timeOffset = 0
  /// Whether timecodes of 29.97 frames a second leave numbers out, so that they keep to the clock.
  public var isDropFrame = true
  /// What keeps the signs of lines from right to left in their places where a format has no directions.
  public var directionMarks = DirectionMarks.isolates

  /// Which rows are written.
  public var selection = RowSelection()

  /// The usual options.
  public init() {}

  /// How captions tell speakers apart.
  public enum SpeakerStyle: String, CaseIterable, Sendable {
    /// By the name in front of what is said.
    case name
    /// By the name in capitals.
    case caps
    /// By a dash where somebody else speaks.
    case dash
    /// By white, yellow, cyan and green text, in turn.
    case colour
    /// By nothing to see; formats that know voices have them all the same.
    case unseen = "none"
  }

  /// Marks for lines from right to left.
  public enum DirectionMarks: String, CaseIterable, Sendable {
    /// U+2067 to U+2069: for players that know Unicode 6.3.
    case isolates
    /// U+202B to U+202C: for older ones.
    case embeddings
    /// None.
    case none
  }
}
