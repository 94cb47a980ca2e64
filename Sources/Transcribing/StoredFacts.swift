internal import GeminiAPI
package import MediaProbing
internal import OrderedJSON
package import RunStore

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Remembers in a run store what local files say about themselves.
///
/// A file counts as the same while its path, length and time of change are.
package struct StoredFacts: FactsMemory {
  private let store: RunStore
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - store: Where facts are kept.
  ///   - now: Tells the time.
  package init(in store: RunStore, now: @escaping @Sendable () -> Date) {
    self.store = store
    self.now = now
  }

  package func facts(
    of path: String,
    else examine: @Sendable () async throws -> MediaFacts
  ) async throws -> MediaFacts {
    // As it was before it is looked at: what changes meanwhile is not taken for known.
    guard let file = try? KnownFile(LocalFile(path: path)) else { return try await examine() }
    if let known = try? store.facts(of: file), let json = try? JSONValue(parsing: known),
      let facts = MediaFacts(json: json)
    {
      return facts
    }
    let facts = try await examine()
    // That it cannot be kept costs the time of looking again.
    try? store.note(facts: facts.json.rendered(), of: file, at: now())
    return facts
  }
}
