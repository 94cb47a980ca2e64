/// A finished transcript with numbered rows that a prompt gives to work on, and the rows of it that are
/// answered about.
///
/// A prompt that asks for something "for each row" is answered about each of them, one that asks for "one
/// row about the whole transcript" with one, every other one about a few, evenly spread.
struct NumberedScript {
  /// The most answers to prompts that leave it to the model which rows they are about.
  private static let mostAnswers = 6

  let script: Script

  /// Reads the lines of number, start, speaker and text between `<transcript>` tags; `nil` when there are
  /// none.
  init?(in text: String) {
    guard let start = text.firstRange(of: "<transcript>")?.upperBound,
      let end = text[start...].firstRange(of: "</transcript>")?.lowerBound
    else { return nil }
    var voices: [Substring: Int] = [:]
    var rows: [Script.Segment] = []
    for line in text[start..<end].split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count == 4, let number = Int(cells[0]) else { continue }
      let voice = voices[cells[2]] ?? voices.count + 1
      voices[cells[2]] = voice
      let time = Self.milliseconds(cells[1])
      rows.append(
        Script.Segment(
          startMS: time,
          endMS: time + 1000,
          text: String(cells[3]),
          voice: voice,
          number: number
        )
      )
    }
    guard !rows.isEmpty else { return nil }
    let most = text.contains("one row about the whole transcript") ? 1 : Self.mostAnswers
    let isEach = text.contains("for each row")
    let step = isEach ? 1 : max(1, rows.count / Self.mostAnswers)
    let chosen = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    script = Script(
      segments: isEach ? chosen : Array(chosen.prefix(most)),
      speakers: voices.sorted { $0.value < $1.value }.map { name, voice in
        Script.Speaker(voice: voice, name: String(name), company: "?", position: "?", role: "?")
      }
    )
  }

  /// A time as transcripts show it, `MM:SS` or `H:MM:SS`; 0 for none.
  private static func milliseconds(_ text: Substring) -> Int {
    let parts = text.split(separator: ":").map { Int($0) ?? 0 }
    return parts.reduce(0) { $0 * 60 + $1 } * 1000
  }
}
