internal import TranscriptModel

/// Markdown (CommonMark), `md`: a heading, where the text comes from, and a list for each turn.
///
/// Frozen, but for the facts:
///
///     # TITLE
///
///     - FACT
///
///     ## Transcript
///
///     **LABEL**
///
///     - TIME TEXT
///
/// Rows in a row of one voice, or of none, are a turn. Without speakers there are no labels and one
/// list; an empty label is left out, and so is the blank before an empty text. Times are `MM:SS`,
/// from one hour `H:MM:SS`, or `?`. Title, facts, labels and texts are one line each (``LineText``),
/// with a backslash before each of ``\ ` * _ [ ] < > & # | ~ $``. Lines end with a line feed.
public struct MarkdownFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "md"
  /// The media type.
  public let mediaType = "text/markdown; charset=utf-8"
  /// What it is and for whom.
  public let summary = "a document with a heading for each turn"

  /// The format.
  public init() {}

  /// The text.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var writer = MarkdownWriter()
    writer.output.reserveCapacity(transcript.estimatedBytes(around: 40))
    writer.append("# ", transcript.title, "\n\n")
    for fact in transcript.provenance { writer.append("- ", fact, "\n") }
    writer.output.append("\n## Transcript\n")
    var previous: Int??
    for (segment, label) in zip(transcript.segments, transcript.labels) {
      let isNewTurn = previous != .some(segment.voice)
      if previous == nil || isNewTurn && options.hasSpeakers { writer.output.append("\n") }
      if isNewTurn, options.hasSpeakers { writer.append("**", label.text, "**\n\n") }
      previous = .some(segment.voice)
      writer.output.append("- ")
      writer.output.append(text: segment.start?.rendered ?? "?")
      writer.append(" ", segment.text, "")
      writer.output.append("\n")
    }
    return writer.output
  }
}

private struct MarkdownWriter {
  var output: [UInt8] = []
  private var line = LineText()

  private static let isSpecial: [Bool] = (0..<256).map { byte in
    "\\`*_[]<>&#|~$".utf8.contains(UInt8(byte))
  }

  /// Writes a text between two others; nothing at all when the text is empty.
  mutating func append(_ before: StaticString, _ text: String, _ after: StaticString) {
    line.set(text)
    guard !line.bytes.isEmpty else { return }
    output.append(before)
    for byte in line.bytes {
      if Self.isSpecial[Int(byte)] { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    output.append(after)
  }
}
