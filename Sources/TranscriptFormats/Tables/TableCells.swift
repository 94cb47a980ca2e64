internal import TranscriptModel

/// The columns that spreadsheets get, in order.
///
/// Frozen: `row` is the row's number in `STEM.json`, from 0; `start` and `end` are `HH:MM:SS.mmm`;
/// `speaker` is the label that reports show; `checked` is `true` or `false`. What is not known is `?`.
///
/// The formats write each as ``SafeCell``, so that no spreadsheet obeys it.
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
}
