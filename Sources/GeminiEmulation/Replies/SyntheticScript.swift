/// Makes up what is heard in media the emulator knows nothing about.
///
/// Rows lie on a grid of the whole source, and each row's words depend on the seed, the source and the
/// row's place alone: two clips that overlap agree about the rows they share.
struct SyntheticScript {
  let seed: UInt64
  let rows: Int

  private static let openings = [
    "We began with", "Nobody expected", "The second year changed", "I still think about",
    "Let me come back to", "They asked us for", "What surprised me was", "You can hear", "That is",
    "Behind all of it stood",
  ]
  private static let subjects = [
    "the harbour survey", "a borrowed microphone", "the night shift", "an honest budget",
    "the northern station", "three boxes of letters", "the first recording", "that long winter",
    "a map without names", "the volunteers",
  ]
  private static let endings = [
    "and it stayed.", "for a while.", "as far as I know.", "which was new to us.",
    "before the move.", "and then the phone rang.", "without any plan.", "in front of everyone.",
  ]
  private static let voices: [Script.Speaker] = [
    .init(voice: 1, name: "Ada Lindqvist", company: "Radio Nord", position: "Editor", role: "Host"),
    .init(voice: 2, name: "Jonas Okafor", company: "Coast Museum", position: "?", role: "Guest"),
    .init(voice: 3, name: "?", company: "?", position: "?", role: "Caller"),
    .init(voice: 4, name: "Mirela Pop", company: "?", position: "Engineer", role: "Guest"),
  ]

  /// The rows of a source of a length.
  func script(of source: String, durationMS: Int) -> Script {
    let count = max(rows, 0)
    let step = max(1, durationMS / max(1, count))
    let segments = (0..<count).map { index in
      var random = SplitMix(seed: seed, "\(source)#\(index)")
      return Script.Segment(
        startMS: index * step,
        endMS: (index + 1) * step,
        text: sentence(&random),
        // The first rows bring in each voice once, so that the numbering is stable.
        voice: index < Self.voices.count ? index + 1 : Int.random(in: 1...4, using: &random)
      )
    }
    return Script(segments: segments, speakers: Self.voices.filter { $0.voice <= count })
  }

  private func sentence(_ random: inout SplitMix) -> String {
    let words = [Self.openings, Self.subjects, Self.endings].map { list in
      list[Int.random(in: 0..<list.count, using: &random)]
    }
    return words.joined(separator: " ")
  }
}
