public import TranscriptModel

/// A transcript as the file of another program has it: rows with times and the names of their speakers.
///
/// A row without an end has none stated; ``ImportedRow/start`` is `nil` in formats without times, such as plain
/// text.
public struct ImportedTranscript: Sendable {
  /// The name of the format that it was read as, such as `SRT`.
  public var format = ""
  /// The encoding of the file, such as `UTF-8` or `windows-1252`; `nil` for what is no text.
  public var charset: String?
  /// The rows, in the order of the file.
  public var rows: [ImportedRow] = []
  /// A title, when the file has one.
  public var title: String?
  /// The language of all rows, a BCP 47 tag, when the file says one.
  public var language: String?
  /// What was left out or mended, each a sentence without a full stop.
  public var notes: [String] = []
  /// The whole document, when the file is one of Tabscribe's own; then there are no rows here.
  public var document: TranscriptDocument?

  /// Rows and nothing else.
  public init(rows: [ImportedRow] = []) { self.rows = rows }
}

/// What somebody said in one go.
public struct ImportedRow: Hashable, Sendable {
  /// When it begins, in milliseconds, `0...`; `nil` where the file has no time.
  public var start: Int?
  /// When it ends, in milliseconds, not before the start.
  public var end: Int?
  /// Who speaks, as the file spells it; empty where it says nobody.
  public var speaker: String
  /// What is said; empty where a format has turns alone.
  public var text: String

  /// A row.
  public init(start: Int? = nil, end: Int? = nil, speaker: String = "", text: String) {
    self.start = start
    self.end = end
    self.speaker = speaker
    self.text = text
  }
}

/// Why a file is no transcript that can be read.
///
/// ``description`` is a sentence without a full stop that names the place, counted from 1, such as `line 12 has
/// no times that can be read`. It may quote the file, so escape it wherever it is shown.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// A fault somewhere.
  init(_ description: String) { self.description = description }

  /// A fault in a line, counted from 0.
  init(line: Int, _ problem: String) { description = "line \(line + 1) \(problem)" }
}
