internal import TranscriptModel

/// The colours of speakers: hues for the identified, greys for the others.
///
/// The eight who speak longest get the eight hues that lie farthest apart; neighbours on the circle
/// differ in lightness too, so that readers who do not see red from green tell them apart. The style
/// sheet sets lightness and chroma (OKLCH) for each theme so that names pass AA contrast as text.
struct SpeakerPalette {
  /// The rules that give class `sN` the colour of the speaker at position N.
  let styles: String

  /// The colours of speakers who speak for so many milliseconds each.
  init(_ speakers: [Speaker], talkTimes: [Int]) {
    let identified = speakers.indices.filter { speakers[$0].isIdentified }
    let byTime = identified.sorted { (talkTimes[$1], $0) < (talkTimes[$0], $1) }
    let ranks = Dictionary(uniqueKeysWithValues: zip(byTime, 0...))
    var greys = 0
    styles = speakers.indices.reduce(into: "") { styles, index in
      if let rank = ranks[index] {
        styles += ".s\(index){--s:\(Self.colour(rank))}\n"
      } else {
        styles += ".s\(index){--s:oklch(calc(var(--gl) + \(Self.greySteps[greys % 3])) 0 0)}\n"
        greys += 1
      }
    }
  }

  /// Neighbouring greys differ a little in lightness; names and dashed chips tell them apart.
  private static let greySteps = ["0", "0.06", "-0.05"]

  /// Eighths of the circle without red, which is left to errors; every second one is set back.
  private static let hues = [250, 133, 328, 55, 172, 289, 94, 211]

  /// After the first eight come hues between them, by golden-ratio steps.
  private static func colour(_ rank: Int) -> String {
    let hue = rank < hues.count ? hues[rank] : 45 + (20 + (rank * 382 % 1000) * 310 / 1000) % 310
    let isSetBack = rank < hues.count ? (hue - 55) / 39 % 2 == 0 : rank % 2 == 1
    return "oklch(\(isSetBack ? "calc(var(--sl) + var(--st))" : "var(--sl)") var(--sc) \(hue))"
  }
}
