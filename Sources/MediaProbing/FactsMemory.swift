/// Remembers the facts of files, so that a file is not examined again while it stays as it is.
public protocol FactsMemory: Sendable {
  /// What is known of a file; examined when nothing is.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: What `examine` throws. That something cannot be remembered is no failure.
  func facts(
    of path: String,
    else examine: @Sendable () async throws -> MediaFacts
  ) async throws -> MediaFacts
}

/// Remembers the facts of files while the program runs, which is not long.
public actor ProbeMemory: FactsMemory {
  private var facts: [String: MediaFacts] = [:]
  private let lasting: (any FactsMemory)?

  /// - Parameter lasting: What is asked when nothing is remembered here.
  public init(beyond lasting: (any FactsMemory)? = nil) { self.lasting = lasting }

  /// What is known of a file; examined when nothing is.
  public func facts(
    of path: String,
    else examine: @Sendable () async throws -> MediaFacts
  ) async throws -> MediaFacts {
    if let known = facts[path] { return known }
    let found: MediaFacts
    if let lasting {
      found = try await lasting.facts(of: path, else: examine)
    } else {
      found = try await examine()
    }
    facts[path] = found
    return found
  }
}
