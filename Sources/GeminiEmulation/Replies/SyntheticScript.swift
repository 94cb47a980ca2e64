/// Makes up what is heard in media the emulator knows nothing about.
///
/// Rows lie on a grid of the whole source, and each row's words depend on the seed, the source and the
/// row's place alone: two clips that overlap agree about the rows they share.
struct SyntheticScript {
  let seed: UInt64
  let rows: Int
  /// How many voices are heard, `1...`.
  let voiceCount: Int

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
  private static let speakers: [Script.Speaker] = [
    .init(voice: 1, name: "Ada Lindqvist", company: "Radio Nord", position: "Editor", role: "Host"),
    .init(voice: 2, name: "Jonas Okafor", company: "Coast Museum", position: "?", role: "Guest"),
    .init(voice: 3, name: "?", company: "?", position: "?", role: "Caller"),
    .init(voice: 4, name: "Mirela Pop", company: "?", position: "Engineer", role: "Guest"),
  ]
  private static let givenNames = ["Sven", "Aiko", "Lerato", "Pilar", "Tomas", "Nadia", "Owen"]
  private static let familyNames = ["Brandt", "Castell", "Duarte", "Eriksen", "Fodor", "Gallagher"]

  /// The voices: four that are always the same, then made-up ones of which every other has no name.
  private var voices: [Script.Speaker] {
    (1...max(1, voiceCount)).map { number in
      if number <= Self.speakers.count { return Self.speakers[number - 1] }
      let given = Self.givenNames[number % Self.givenNames.count]
      let family = Self.familyNames[number / Self.givenNames.count % Self.familyNames.count]
      return Script.Speaker(
        voice: number,
        name: number.isMultiple(of: 2) ? "?" : "\(given) \(family)",
        company: "?",
        position: "?",
        role: "Audience member"
      )
    }
  }

  /// The rows of a source of a length.
  func script(of source: String, durationMS: Int) -> Script {
    let count = max(rows, 0)
    let step = max(1, durationMS / max(1, count))
    let voices = voices
    let segments = (0..<count).map { index in
      var random = SplitMix(seed: seed, "\(source)#\(index)")
      return Script.Segment(
        startMS: index * step,
        endMS: (index + 1) * step,
        text: sentence(&random),
        // The first rows bring in each voice once, so that the numbering is stable.
        voice: index < voices.count ? index + 1 : Int.random(in: 1...voices.count, using: &random)
      )
    }
    return Script(segments: segments, speakers: voices.filter { $0.voice <= count })
  }

  private func sentence(_ random: inout SplitMix) -> String {
    let words = [Self.openings, Self.subjects, Self.endings].map { list in
      list[Int.random(in: 0..<list.count, using: &random)]
    }
    return words.joined(separator: " ")
  }
}
