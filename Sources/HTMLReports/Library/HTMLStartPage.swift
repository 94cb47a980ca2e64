internal import OrderedJSON

/// A page on which a transcription is begun.
package struct HTMLStartPage: Sendable {
  /// One of several.
  package struct Choice: Sendable {
    /// What is asked for; empty for what is usual.
    package var value: String
    /// What it is called.
    package var label: String
    /// What it means, in a sentence; empty where its name says it.
    package var meaning: String

    /// One of several.
    package init(_ value: String, label: String? = nil, meaning: String = "") {
      (self.value, self.label, self.meaning) = (value, label ?? value, meaning)
    }
  }

  /// The prompts, the usual one first.
  package var prompts: [Choice]
  /// The models.
  package var models: [Choice]
  /// How closely frames are looked at.
  package var resolutions: [Choice]
  /// Whether files of the server's machine may be named.
  package var takesPaths: Bool
  /// The most bytes of a file that is sent.
  package var mostBytes: Int
  /// What may still be spent, in US dollars, as it is shown.
  package var left: String
  /// What tells the page's requests from others.
  package var token: String

  /// A page of these choices.
  package init(
    prompts: [Choice],
    models: [Choice],
    resolutions: [Choice],
    takesPaths: Bool,
    mostBytes: Int,
    left: String,
    token: String
  ) {
    (self.prompts, self.models, self.resolutions) = (prompts, models, resolutions)
    (self.takesPaths, self.mostBytes) = (takesPaths, mostBytes)
    (self.left, self.token) = (left, token)
  }

  /// The page as UTF-8.
  package func rendered() -> [UInt8] {
    let template = PageTemplate(named: "new.html")
    template.slot("source-label").append(text: takesPaths ? "File or address" : "Address")
    template.slot("about-source").append(
      text: takesPaths
        ? "A path on this machine, such as ~/Videos/talk.mp4, is read where it lies. An address may be "
          + "of YouTube, https, gs:// or s3://."
        : "An address may be of YouTube or https."
    )
    template.slot("about-file").append(
      text: takesPaths
        ? "A browser does not say where a file lies, so this one is copied into the library."
        : "It is copied into the library."
    )
    fill(template.slot("prompts"), prompts)
    fill(template.slot("models"), models)
    fill(template.slot("resolutions"), resolutions)
    template.slot("left").append(text: left)
    let data: JSONValue = [
      "token": .string(token), "takesPaths": .init(takesPaths), "mostBytes": .init(mostBytes),
    ]
    template.slot("data").append(raw: data.renderedBytes(.script))
    template.seal(media: [], connections: "'self'")
    return template.rendered()
  }

  private func fill(_ select: HTMLElement, _ choices: [Choice]) {
    for choice in choices {
      let option = select.append("option", choice.label).with("value", choice.value)
      if !choice.meaning.isEmpty { option.with("title", choice.meaning) }
    }
  }
}
