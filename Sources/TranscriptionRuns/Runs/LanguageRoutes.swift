/// What is asked about a recording in some language instead of what is asked otherwise.
package struct LanguageRoutes: Hashable, Sendable {
  /// Where a language leads.
  package struct Route: Hashable, Sendable {
    /// The language, a BCP 47 tag or the beginning of one.
    package let language: String
    /// The prompt by name or path; `nil` leaves it as it is.
    package let prompt: String?
    /// The model; `nil` leaves it as it is.
    package let model: String?

    /// A route.
    package init(language: String, prompt: String?, model: String?) {
      (self.language, self.prompt, self.model) = (language, prompt, model)
    }
  }

  /// The routes in the order given; none where nothing depends on the language but what is known of it.
  package let routes: [Route]

  /// Routes in the order that they count.
  package init(routes: [Route]) { self.routes = routes }

  /// Where a language leads: the route of its tag, or else of the beginning that it shares; `nil` for none.
  ///
  ///     // --detect-language pt=talk,pt-BR=talk-br
  ///     routes.route(of: "pt-BR")  // talk-br
  ///     routes.route(of: "pt-PT")  // talk
  package func route(of tag: String) -> Route? {
    var parts = tag.lowercased().split(separator: "-")
    while !parts.isEmpty {
      let wanted = parts.joined(separator: "-")
      if let route = routes.first(where: { $0.language.lowercased() == wanted }) { return route }
      parts.removeLast()
    }
    return nil
  }
}
