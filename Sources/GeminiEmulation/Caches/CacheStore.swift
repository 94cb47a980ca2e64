internal import HostSystem

/// The explicit caches of an emulator.
final class CacheStore: Sendable {
  private let caches = Lock<[String: ExplicitCache]>([:])

  /// The cache of an id, unless it has run out or belongs to another project or place.
  func cache(_ id: String, scope: String?, at now: Double) -> ExplicitCache? {
    caches.withLock { caches in
      guard let cache = caches[id], cache.expires > now, cache.scope == scope else { return nil }
      return cache
    }
  }

  func put(_ cache: ExplicitCache) { caches.withLock { $0[cache.id] = cache } }

  func remove(_ id: String) { caches.withLock { $0[id] = nil } }

  /// The caches that have not run out, newest first.
  func all(scope: String?, at now: Double) -> [ExplicitCache] {
    caches.withLock { caches in
      caches.values.filter { $0.expires > now && $0.scope == scope }
        .sorted { ($0.created, $0.id) > ($1.created, $1.id) }
    }
  }
}
