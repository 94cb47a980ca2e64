public import TranscriptModel

/// Two transcripts on one axis of time, as one self-contained web page: a comparison of two runs, or a
/// transcript beside its reference.
///
/// Changes stand beside each other with their words marked; stretches without any are folded to one
/// line. The page reads as a plain document when scripts are off.
public struct HTMLComparison: Sendable {
  /// A stretch of a side's words.
  public struct Stretch: Hashable, Sendable {
    /// What happened to it.
    public enum Change: String, Hashable, Sendable {
      /// Both sides have it.
      case same
      /// Only the left side has it.
      case removed
      /// Only the right side has it.
      case added
    }

    /// The words, with the blanks between them.
    public var text: String
    /// What happened to them.
    public var change: Change

    /// A stretch.
    public init(_ text: String, _ change: Change) {
      self.text = text
      self.change = change
    }
  }

  /// What one transcript has at a moment.
  public struct Side: Hashable, Sendable {
    /// When it begins.
    public var start: Timecode?
    /// Who speaks.
    public var speaker: String
    /// What is said.
    public var words: [Stretch]

    /// A side.
    public init(start: Timecode?, speaker: String, words: [Stretch]) {
      self.start = start
      self.speaker = speaker
      self.words = words
    }
  }

  /// What both have at a moment.
  public struct Row: Hashable, Sendable {
    /// The kinds of change, a word each; empty where both say the same.
    public var changes: [String]
    /// The left side; `nil` where it has nothing.
    public var left: Side?
    /// The right side; `nil` where it has nothing.
    public var right: Side?

    /// A row.
    public init(changes: [String], left: Side?, right: Side?) {
      self.changes = changes
      self.left = left
      self.right = right
    }
  }

  /// A table above the rows; its first column names the rows.
  public struct Table: Hashable, Sendable {
    /// What it is about.
    public var title: String
    /// The columns' titles.
    public var columns: [String]
    /// The rows' cells, one for each column.
    public var rows: [[String]]
    /// Whether the second column and those after it are numbers.
    public var isNumeric: Bool

    /// A table.
    public init(title: String, columns: [String], rows: [[String]], isNumeric: Bool) {
      self.title = title
      self.columns = columns
      self.rows = rows
      self.isNumeric = isNumeric
    }
  }

  /// The heading.
  public var title: String
  /// A line below it.
  public var summary: String
  /// What the left column shows.
  public var leftTitle: String
  /// What the right column shows.
  public var rightTitle: String
  /// Notes that a reader should know before judging.
  public var notes: [String]
  /// Figures above the rows.
  public var tables: [Table]
  /// The rows, in order.
  public var rows: [Row]
  /// The recording, when it is known.
  public var source: TranscriptDocument.Source?
  /// The recording's path as seen from the page's folder, when it is a local file.
  public var mediaPath: String?
  /// Where each transcript has a page of its own, and the library they are in; empty outside of one.
  public var links: [HTMLLibrary.Link] = []

  /// A page.
  public init(
    title: String,
    summary: String,
    leftTitle: String,
    rightTitle: String,
    notes: [String] = [],
    tables: [Table],
    rows: [Row],
    source: TranscriptDocument.Source?,
    mediaPath: String?
  ) {
    self.title = title
    self.summary = summary
    self.leftTitle = leftTitle
    self.rightTitle = rightTitle
    self.notes = notes
    self.tables = tables
    self.rows = rows
    self.source = source
    self.mediaPath = mediaPath
  }

  /// The page as UTF-8.
  public func rendered() -> [UInt8] { ComparisonPage(page: self).rendered() }
}
