internal import OrderedJSON
internal import TranscriptModel

/// JSON Lines, `jsonl`: one object on a line for each row.
///
/// Frozen but for members that may be added:
///
///     row           the row's number in `STEM.json`, from 0
///     startMS       milliseconds, or null
///     endMS         milliseconds, or null
///     endIsEstimate true or false
///     voice         a whole number, or null
///     speaker       the label that reports show
///     name?         with company?, position? and role?, when they are known
///     text          the text
///     checked       whether a person checked the row
///     machine?      {voice, text} as the machine had them, when a person changed one of them
///     extras?       further columns by name, as in `STEM.json`
public struct JSONLinesFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "jsonl"
  /// The media type.
  public let mediaType = "application/jsonl"
  /// What it is and for whom.
  public let summary = "one JSON object for each row"

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(transcript.estimatedBytes(around: 180))
    for position in transcript.segments.indices {
      Self.append(transcript, position, to: &output)
      output.append("\n")
    }
    return output
  }

  private static func append(
    _ transcript: ExportedTranscript,
    _ position: Int,
    to output: inout [UInt8]
  ) {
    let segment = transcript.segments[position]
    output.append("{\"row\":")
    output.append(number: segment.row)
    append("startMS", segment.start?.milliseconds, to: &output)
    append("endMS", segment.end?.milliseconds, to: &output)
    output.append(segment.endIsEstimate ? ",\"endIsEstimate\":true" : ",\"endIsEstimate\":false")
    append("voice", segment.voice, to: &output)
    append("speaker", transcript.label(segment), to: &output)
    let speaker = transcript.speaker(segment)
    append("name", speaker?.name, to: &output)
    append("company", speaker?.company, to: &output)
    append("position", speaker?.position, to: &output)
    append("role", speaker?.role, to: &output)
    append("text", segment.text, to: &output)
    output.append(transcript.isChecked(segment) ? ",\"checked\":true" : ",\"checked\":false")
    if let machine = transcript.corrected.rows[segment.row]?.machine {
      output.append(",\"machine\":{\"voice\":")
      output.append(text: machine.voice.map(String.init) ?? "null")
      append("text", machine.text, to: &output)
      output.append("}")
    }
    if !segment.extras.isEmpty {
      output.append(",\"extras\":")
      TranscriptSegment.Field.json(segment.extras).render(to: &output)
    }
    output.append("}")
  }

  private static func append(_ key: StaticString, _ number: Int?, to output: inout [UInt8]) {
    appendKey(key, to: &output)
    if let number { output.append(number: number) } else { output.append("null") }
  }

  private static func append(_ key: StaticString, _ text: String?, to output: inout [UInt8]) {
    guard var text else { return }
    appendKey(key, to: &output)
    text.withUTF8 { JSONValue.render(string: $0, to: &output) }
  }

  private static func appendKey(_ key: StaticString, to output: inout [UInt8]) {
    output.append(",\"")
    output.append(key)
    output.append("\":")
  }
}
