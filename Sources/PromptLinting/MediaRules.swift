internal import OrderedJSON
internal import PromptTemplates

/// Whether the video is shown, and asked about only as far as it is.
struct MediaRules {
  let subject: PromptSubject

  var findings: [LintFinding] { [missing].compactMap(\.self) + pictureForSound }

  /// A prompt about a video has to show it: `{{media url=…}}` with an input as its address.
  private var missing: LintFinding? {
    guard subject.asksAboutMedia, subject.mediaInputs.isEmpty else { return nil }
    let tag = subject.uses.first { $0.kind == .helper("media") }
    return subject.finding(
      .mediaMissing,
      tag == nil
        ? "the prompt has no {{media}}" : "the address of {{media}} is no input of the prompt",
      at: tag?.location
    )
  }

  /// Words that take the picture away, and words that ask about it.
  private static let soundAlone = [
    "sound alone", "audio alone", "only the sound", "only the audio", "audio only",
  ]
  private static let picture = [
    "look at", "watch", "title card", "badge", "slide", "caption", "on screen", "picture", "lips",
  ]

  private static func isSoundAlone(_ layers: JSONValue?) -> Bool {
    let names = layers?.array?.compactMap(\.string) ?? [layers?.string].compactMap(\.self)
    return names.map { $0.uppercased() } == ["AUDIO"]
  }

  private var pictureForSound: [LintFinding] {
    let fixed = subject.passages.filter { !$0.isConditional }
    let words = fixed.map { $0.text.lowercased() }.joined(separator: " ")
    let isDeclared = Self.isSoundAlone(subject.template.metadata.config["contentLayers"])
    guard isDeclared || Self.soundAlone.contains(where: words.contains) else { return [] }
    return fixed.flatMap { passage in
      passage.text.split(separator: "\n").compactMap { line in
        let text = line.lowercased()
        guard !Self.soundAlone.contains(where: text.contains),
          let word = Self.picture.first(where: text.contains)
        else { return nil }
        let offset = passage.text.utf8.distance(
          from: passage.text.startIndex,
          to: line.startIndex
        )
        return subject.finding(
          .pictureForSound,
          "“\(word)” asks about a picture, though sound alone is to be worked from",
          at: passage.use.location(after: offset)
        )
      }
    }
  }
}
