/// A transcript that a prompt gives back, to be asked whose its voices are.
///
/// A model answers by the numbers it is given, whatever it would have called the voices itself.
struct GivenTranscript {
  /// How often each given voice says what a voice of the script says.
  private var counts: [Int: [Int: Int]] = [:]

  /// Reads the rows of start, voice and text between `<transcript>` tags; `nil` when there are none.
  init?(in text: String, script: Script) {
    guard let start = text.firstRange(of: "<transcript>")?.upperBound,
      let end = text[start...].firstRange(of: "</transcript>")?.lowerBound
    else { return nil }
    let owners = Dictionary(script.segments.map { ($0.text, $0.voice) }) { first, _ in first }
    for line in text[start..<end].split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count == 3, let voice = Int(cells[1]) else { continue }
      let owner = owners[String(cells[2])]
      counts[voice, default: [:]][owner ?? 0, default: 0] += 1
    }
    guard !counts.isEmpty else { return nil }
  }

  /// The speakers under the numbers given; a voice that says nothing of the script is nobody.
  func speakers(of script: Script) -> [Script.Speaker] {
    counts.keys.sorted().compactMap { voice in
      let owner = counts[voice]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      guard var speaker = script.speakers.first(where: { $0.voice == owner }) else { return nil }
      speaker.voice = voice
      return speaker
    }
  }
}
