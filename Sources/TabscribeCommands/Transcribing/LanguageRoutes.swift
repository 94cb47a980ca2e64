internal import CommandLineInterface

/// What is asked about a recording in some language instead of what is asked otherwise.
struct LanguageRoutes: Hashable, Sendable {
  /// Where a language leads.
  struct Route: Hashable, Sendable {
    /// The language, a BCP 47 tag or the beginning of one.
    let language: String
    /// The prompt by name or path; `nil` leaves it as it is.
    let prompt: String?
    /// The model; `nil` leaves it as it is.
    let model: String?
  }

  /// The routes in the order given; none where nothing depends on the language but what is known of it.
  let routes: [Route]

  /// Where a language leads: the route of its tag, or else of the beginning that it shares; `nil` for none.
  ///
  ///     // --detect-language pt=talk,pt-BR=talk-br
  ///     routes.route(of: "pt-BR")  // talk-br
  ///     routes.route(of: "pt-PT")  // talk
  func route(of tag: String) -> Route? {
    var parts = tag.lowercased().split(separator: "-")
    while !parts.isEmpty {
      let wanted = parts.joined(separator: "-")
      if let route = routes.first(where: { $0.language.lowercased() == wanted }) { return route }
      parts.removeLast()
    }
    return nil
  }
}

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
