/// Remembers the facts of files, so that each is examined once however often it is asked about.
actor ProbeMemory {
  private var facts: [String: MediaFacts] = [:]

  /// What is known of a file; examined when nothing is.
  func facts(
    of path: String,
    else examine: @Sendable () async throws -> MediaFacts
  ) async throws -> MediaFacts {
    if let known = facts[path] { return known }
    let found = try await examine()
    facts[path] = found
    return found
  }
}
