internal import CommandLineInterface
internal import GeminiAPI
internal import PlainText
internal import RequestPlanning

extension ModelCatalog {
  /// Where what the service lists is not what is known, a clause each.
  func contradictions(to listed: [GeminiModel]) -> [String] {
    listed.compactMap { model in
      let id = model.name.split(separator: "/").last.map(String.init) ?? model.name
      let shown = SafeText.line(id)
      guard let card = card(id) else {
        let isAsked = model.supportedGenerationMethods.contains("generateContent")
        return isAsked && id.hasPrefix("gemini-") && resolve(id) == nil
          ? "\(shown) is not known" : nil
      }
      guard let limits = card.limits else { return nil }
      if let asked = model.inputTokenLimit, asked != limits.inputTokens {
        return "\(shown) takes \(asked) tokens, not \(limits.inputTokens)"
      }
      let known = [limits.outputTokens, limits.longOutputTokens].compactMap(\.self)
      guard let written = model.outputTokenLimit, !known.contains(written) else { return nil }
      return "\(shown) writes \(written) tokens, not \(limits.outputTokens)"
    }
  }
}
