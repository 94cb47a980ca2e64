internal import CommandLineInterface
internal import TranscriptionRuns

extension ValueReader where Value == LanguageRoutes {
  /// `auto`, or routes with commas between them: `ja=PROMPT`, `ja=PROMPT:MODEL`, `ja=:MODEL`.
  static let languageRoutes = ValueReader("ROUTES") { text throws(ValueProblem) in
    guard text != "auto" else { return LanguageRoutes(routes: []) }
    let problem = ValueProblem(expected: "auto, or routes such as ja=PROMPT:MODEL,de=PROMPT")
    var routes: [LanguageRoutes.Route] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let sign = part.firstIndex(of: "=") else { throw problem }
      let language = part[..<sign]
      let target = part[sign...].dropFirst().split(
        separator: ":",
        maxSplits: 1,
        omittingEmptySubsequences: false
      ).map(String.init)
      let isTag = language.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      guard isTag, !language.isEmpty, target.contains(where: { !$0.isEmpty }),
        !routes.contains(where: { $0.language.lowercased() == language.lowercased() })
      else { throw problem }
      routes.append(
        LanguageRoutes.Route(
          language: String(language),
          prompt: target[0].isEmpty ? nil : target[0],
          model: target.count > 1 && !target[1].isEmpty ? target[1] : nil
        )
      )
    }
    return LanguageRoutes(routes: routes)
  }
}
