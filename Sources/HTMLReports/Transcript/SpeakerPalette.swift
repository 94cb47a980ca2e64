internal import TranscriptModel

/// The colours of speakers: hues for the identified, greys for the others, in table order.
///
/// All hues share one lightness and chroma (OKLCH), which the style sheet sets for each theme so that
/// names pass AA contrast as text; a hue is all that differs.
struct SpeakerPalette {
  /// The rules that give class `sN` the colour of the speaker at position N.
  let styles: String

  init(_ speakers: [Speaker]) {
    var hues = 0
    var greys = 0
    styles = speakers.enumerated().reduce(into: "") { styles, entry in
      let (index, speaker) = entry
      if speaker.isIdentified {
        styles += ".s\(index){--s:oklch(var(--sl) var(--sc) \(Self.hue(hues)))}\n"
        hues += 1
      } else {
        styles += ".s\(index){--s:oklch(calc(var(--gl) + \(Self.greySteps[greys % 3])) 0 0)}\n"
        greys += 1
      }
    }
  }

  /// Neighbouring greys differ a little in lightness; names and dashed chips tell them apart.
  private static let greySteps = ["0", "0.06", "-0.05"]

  /// Golden-ratio steps keep neighbours far apart however many there are; red is left to errors.
  private static func hue(_ index: Int) -> Int {
    let firstHue = 255
    let span = 310
    let redEnd = 45
    let step = (index * 382 % 1000) * span / 1000
    return redEnd + (firstHue - redEnd + step) % span
  }
}
