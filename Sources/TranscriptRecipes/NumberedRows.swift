internal import PlainText
public import TranscriptModel

/// A finished transcript as a recipe is shown it: a line for each row, with its number.
///
/// A model answers with numbers of rows. Times, speakers and exact words are looked up here, so that
/// nothing of them has to be believed.
public struct NumberedRows: Hashable, Sendable {
  /// A row as it is shown.
  public struct Row: Hashable, Sendable {
    /// Its number as people count, `1...`: one more than `TranscriptSegment.row`.
    public let number: Int
    /// When it begins, in source time; `nil` when that is not known.
    public let start: Timecode?
    /// When it ends, in source time; `nil` when that is not known.
    public let end: Timecode?
    /// What its speaker is called.
    public let speaker: String
    /// What is said, on one line.
    public let text: String

    /// A row; blanks and line breaks of the text become single blanks.
    public init(number: Int, start: Timecode?, end: Timecode?, speaker: String, text: String) {
      (self.number, self.start, self.end) = (number, start, end)
      self.speaker = Self.onOneLine(speaker)
      self.text = Self.onOneLine(text)
    }

    private static func onOneLine(_ text: String) -> String {
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Number, start, speaker and words with a tab between them.
    ///
    /// Words that would end the transcript for the model are written so that they do not.
    public var line: String {
      let start = start?.rendered ?? "?"
      return "\(number)\t\(start)\t\(Self.harmless(speaker))\t\(Self.harmless(text))"
    }

    /// The text without the tags that transcripts stand between.
    private static func harmless(_ text: String) -> String {
      guard text.contains("<") else { return text }
      var result = ""
      var rest = text[...]
      while let place = rest.firstIndex(of: "<") {
        result += rest[..<place]
        let word = rest[place...].dropFirst().drop { $0 == "/" || $0 == " " }
        result += word.prefix(tag.count).lowercased() == tag ? "&lt;" : "<"
        rest = rest[place...].dropFirst()
      }
      return result + rest
    }

    private static let tag = "transcript"
  }

  /// The rows, in the transcript's order.
  public let rows: [Row]

  /// Rows that are numbered already.
  public init(_ rows: [Row]) { self.rows = rows }

  /// The rows of a transcript that say something.
  public init(_ transcript: Transcript) {
    let labels = transcript.rowLabels()
    rows = zip(transcript.segments, labels).compactMap { segment, label in
      let row = Row(
        number: segment.row + 1,
        start: segment.start,
        end: segment.end,
        speaker: segment.voice == nil ? "?" : label.text,
        text: segment.text
      )
      return row.text.isEmpty ? nil : row
    }
  }

  /// The lines of some rows.
  ///
  /// - Parameter range: Positions in ``rows``.
  public func text(of range: Range<Int>) -> String {
    rows[range].map(\.line).joined(separator: "\n")
  }

  /// Identifies rows as they are shown: FNV-1a with 64 bits as 16 hexadecimal digits, over the lines
  /// and the ends, which are looked up.
  public var digest: String {
    var hash = StableHash()
    for row in rows {
      hash.add(part: row.line)
      hash.add(part: row.end.map { String($0.milliseconds) } ?? "")
    }
    return hash.hexadecimal
  }

  /// The time from the first start to the last end; `nil` when no row has a time.
  ///
  /// - Parameter range: Positions in ``rows``.
  public func stretch(of range: Range<Int>) -> TimeRange? {
    let times = rows[range].flatMap { [$0.start, $0.end].compactMap(\.self) }
    guard let first = times.min(), let last = times.max() else { return nil }
    return TimeRange(start: first, end: last)
  }
}
