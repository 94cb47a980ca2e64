public import TranscriptModel

/// What a lab found, as one self-contained web page: variants ranked with how sure that is, what they
/// cost, and the moments where they part, ready to play.
///
/// The page reads as a plain document when scripts are off.
public struct HTMLLab: Sendable {
  /// A value that is drawn, with its interval.
  public struct Mark: Hashable, Sendable {
    /// The value.
    public var value: Double
    /// The lower end of its interval.
    public var low: Double?
    /// The upper end of its interval.
    public var high: Double?

    /// A mark.
    public init(value: Double, low: Double? = nil, high: Double? = nil) {
      (self.value, self.low, self.high) = (value, low, high)
    }
  }

  /// A variant, in the order of the ranking.
  public struct Variant: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What sets it apart: prompt and settings.
    public var details: String
    /// How good it is.
    public var quality: Mark?
    /// What a clip costs, in US dollars.
    public var cost: Double?
    /// Its values, one for each column.
    public var cells: [String]

    /// A variant.
    public init(name: String, details: String, quality: Mark?, cost: Double?, cells: [String]) {
      (self.name, self.details, self.quality) = (name, details, quality)
      (self.cost, self.cells) = (cost, cells)
    }
  }

  /// A column of the ranking.
  public struct Column: Hashable, Sendable {
    /// The heading.
    public var title: String
    /// What it means, a sentence.
    public var meaning: String

    /// A column.
    public init(title: String, meaning: String) {
      (self.title, self.meaning) = (title, meaning)
    }
  }

  /// An axis of the plot.
  public struct Axis: Hashable, Sendable {
    /// What it shows.
    public var title: String
    /// Where it begins.
    public var low: Double
    /// Where it ends, above its beginning.
    public var high: Double
    /// Values that are named.
    public var ticks: [Tick]

    /// A named value.
    public struct Tick: Hashable, Sendable {
      /// The value.
      public var value: Double
      /// How it reads.
      public var text: String

      /// A tick.
      public init(_ value: Double, _ text: String) { (self.value, self.text) = (value, text) }
    }

    /// An axis.
    public init(title: String, low: Double, high: Double, ticks: [Tick]) {
      (self.title, self.low, self.high, self.ticks) = (title, low, high, ticks)
    }
  }

  /// How one variant did a row of a clip.
  public struct RowMark: Hashable, Sendable {
    /// How far it is off, `0...1`.
    public var error: Double
    /// The share of repeats that say the same, `0...1`; `nil` with one repeat.
    public var stability: Double?

    /// A mark.
    public init(error: Double, stability: Double?) {
      (self.error, self.stability) = (error, stability)
    }
  }

  /// What one variant says at a moment.
  public struct Reading: Hashable, Sendable {
    /// The variant.
    public var variant: String
    /// What is said of it: best, worst, or nothing.
    public var mark: String
    /// Which of its repeats this is; empty where all say the same.
    public var occasion: String
    /// Where the row begins.
    public var start: Timecode?
    /// Whom it has speak.
    public var speaker: String
    /// Whether that is another than the axis has.
    public var isOtherSpeaker: Bool
    /// Whether it begins at another moment.
    public var isMoved: Bool
    /// What it says; empty where it has no such row.
    public var words: [HTMLComparison.Stretch]

    /// A reading.
    public init(
      variant: String,
      mark: String,
      occasion: String,
      start: Timecode?,
      speaker: String,
      isOtherSpeaker: Bool,
      isMoved: Bool,
      words: [HTMLComparison.Stretch]
    ) {
      (self.variant, self.mark, self.occasion) = (variant, mark, occasion)
      (self.start, self.speaker) = (start, speaker)
      (self.isOtherSpeaker, self.isMoved, self.words) = (isOtherSpeaker, isMoved, words)
    }
  }

  /// A moment where variants part.
  public struct Moment: Hashable, Sendable {
    /// When it begins.
    public var start: Timecode?
    /// Who really speaks, or whom the first variant has.
    public var speaker: String
    /// What was really said, or what the first variant has.
    public var text: String
    /// What each variant says.
    public var readings: [Reading]

    /// A moment.
    public init(start: Timecode?, speaker: String, text: String, readings: [Reading]) {
      (self.start, self.speaker, self.text, self.readings) = (start, speaker, text, readings)
    }
  }

  /// A clip of a video.
  public struct Clip: Sendable {
    /// Its name.
    public var title: String
    /// The recording.
    public var source: TranscriptDocument.Source
    /// The recording's path as seen from the page's folder, when it is a local file.
    public var mediaPath: String?
    /// What rows are held against: the reference, or the first variant.
    public var axis: String
    /// The rows of each variant, in the ranking's order.
    public var rows: [[RowMark]]
    /// The starts of the rows.
    public var starts: [Timecode?]
    /// Where variants part most.
    public var moments: [Moment]

    /// A clip.
    public init(
      title: String,
      source: TranscriptDocument.Source,
      mediaPath: String?,
      axis: String,
      rows: [[RowMark]],
      starts: [Timecode?],
      moments: [Moment]
    ) {
      (self.title, self.source, self.mediaPath) = (title, source, mediaPath)
      (self.axis, self.rows, self.starts, self.moments) = (axis, rows, starts, moments)
    }
  }

  /// The heading.
  public var title: String
  /// A line below it: how much was tried.
  public var summary: String
  /// What may be concluded, a sentence each.
  public var verdict: [String]
  /// The columns of the ranking; the first is drawn with its interval.
  public var columns: [Column]
  /// The variants, best first.
  public var variants: [Variant]
  /// Money, from left to right; `nil` where no cost is known.
  public var costs: Axis?
  /// Quality, from the bottom up.
  public var qualities: Axis?
  /// Further tables.
  public var tables: [HTMLComparison.Table]
  /// The clips.
  public var clips: [Clip]

  /// A page.
  public init(
    title: String,
    summary: String,
    verdict: [String],
    columns: [Column],
    variants: [Variant],
    costs: Axis?,
    qualities: Axis?,
    tables: [HTMLComparison.Table],
    clips: [Clip]
  ) {
    (self.title, self.summary, self.verdict) = (title, summary, verdict)
    (self.columns, self.variants, self.costs) = (columns, variants, costs)
    (self.qualities, self.tables, self.clips) = (qualities, tables, clips)
  }

  /// The page as UTF-8.
  public func rendered() -> [UInt8] { LabPage(lab: self).rendered() }
}
