internal import TranscriptModel

/// The columns that spreadsheets get, in order.
///
/// Frozen: `row` is the row's number in `STEM.json`, from 0; `start` and `end` are `HH:MM:SS.mmm`;
/// `speaker` is the label that reports show; `checked` is `true` or `false`. What is not known is `?`.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a line feed gets an
/// apostrophe in front: a spreadsheet would take it for a formula, and obey it.
struct TableCells {
  static let columns: [StaticString] = [
    "row", "start", "end", "voice", "speaker", "name", "company", "position", "role", "text",
    "checked",
  ]

  let transcript: ExportedTranscript

  /// Hands the cells of a row to a function one by one, in order.
  func forEach(_ position: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let segment = transcript.segments[position]
    var scratch: [UInt8] = []
    func cell(_ text: String?) {
      var text = text ?? "?"
      text.withUTF8(body)
    }
    func time(_ time: Timecode?) {
      guard let time else { return cell(nil) }
      scratch.removeAll(keepingCapacity: true)
      scratch.append(clock: time.milliseconds, UInt8(ascii: "."))
      scratch.withUnsafeBufferPointer(body)
    }
    cell(String(segment.row))
    time(segment.start)
    time(segment.end)
    cell(segment.voice.map { String($0) })
    cell(transcript.label(segment))
    let speaker = transcript.speaker(segment)
    cell(speaker?.name)
    cell(speaker?.company)
    cell(speaker?.position)
    cell(speaker?.role)
    cell(segment.text)
    cell(transcript.isChecked(segment) ? "true" : "false")
  }

  /// Whether a spreadsheet would take the cell for a formula.
  static func looksLikeFormula(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    switch cell.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A,
      0x0D:
      true
    default: false
    }
  }
}
