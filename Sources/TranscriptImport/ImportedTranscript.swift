package import TranscriptModel

/// A transcript as the file of another program has it.
package struct ImportedTranscript: Sendable {
  /// The name of the format that it was read as, such as `SRT`.
  package var format = ""
  /// The encoding of the file, such as `UTF-8` or `windows-1252`; `nil` for what is no text.
  package var charset: String?
  /// The rows, in the order of the file.
  package var rows: [ImportedRow] = []
  /// A title, when the file has one.
  package var title: String?
  /// The language of all rows, a BCP 47 tag, when the file says one.
  package var language: String?
  /// What was left out or mended, each a sentence without a full stop.
  package var notes: [String] = []
  /// The whole document, when the file is one of Tabscribe's own; then there are no rows here.
  package var document: TranscriptDocument?

  /// Rows and nothing else.
  package init(rows: [ImportedRow] = []) { self.rows = rows }
}

/// What somebody said in one go.
package struct ImportedRow: Hashable, Sendable {
  /// When it begins, in milliseconds, `0...`; `nil` where the file has no time.
  package var start: Int?
  /// When it ends, in milliseconds, not before the start.
  package var end: Int?
  /// Who speaks, as the file spells it; empty where it says nobody.
  package var speaker: String
  /// What is said; empty where a format has turns alone.
  package var text: String

  /// A row.
  package init(start: Int? = nil, end: Int? = nil, speaker: String = "", text: String) {
    self.start = start
    self.end = end
    self.speaker = speaker
    self.text = text
  }
}

/// Why a file is no transcript that can be read: a sentence without a full stop that names the place.
package struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  package let description: String

  /// A fault somewhere.
  init(_ description: String) { self.description = description }

  /// A fault in a line, counted from 0.
  init(line: Int, _ problem: String) { description = "line \(line + 1) \(problem)" }
}
