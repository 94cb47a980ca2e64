internal import GeminiAPI
internal import HostSystem
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
  private let store: Lock<RunStore?>
  private let make: @Sendable () -> RunStore?
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - store: Where facts are kept; `nil` when nothing was kept yet.
  ///   - make: Makes a store when there is none and the first facts are found; nothing is kept when it
  ///     makes none.
  ///   - now: Tells the time.
  package init(
    in store: RunStore?,
    else make: @escaping @Sendable () -> RunStore? = { nil },
    now: @escaping @Sendable () -> Date
  ) {
    self.store = Lock(store)
    self.make = make
    self.now = now
  }

  /// What facts are kept of: a file as it is now, or the version of an object, which stays as it is.
  private static func file(_ path: String) -> KnownFile? {
    guard StorageService(of: path) == nil else {
      return KnownFile(path: path, size: 0, modified: 0)
    }
    return try? KnownFile(LocalFile(path: path))
  }

  package func facts(
    of path: String,
    else examine: @Sendable () async throws -> MediaFacts
  ) async throws -> MediaFacts {
    // As it was before it is looked at: what changes meanwhile is not taken for known.
    guard let file = Self.file(path) else { return try await examine() }
    if let store = store.withLock({ $0 }), let known = try? store.facts(of: file),
      let json = try? JSONValue(parsing: known),
      let facts = MediaFacts(json: json)
    {
      return facts
    }
    let facts = try await examine()
    let store = store.withLock { store in
      store = store ?? make()
      return store
    }
    // That it cannot be kept costs the time of looking again.
    try? store?.note(facts: facts.json.rendered(), of: file, at: now())
    return facts
  }
}
