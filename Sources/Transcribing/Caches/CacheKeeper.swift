public import GeminiAPI
internal import PlainText
public import RunStore

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Creates caches for groups of requests, keeps them while they are used, and deletes them.
///
///     let name = try await keeper.open(group)     // nil: send the request as it is
///     request = name.map(request.usingCache) ?? request
///     await keeper.extend(group.id)               // after each reply of the group
///     await keeper.close(group.id)                // after the last one
///
/// A note in the run store says what was created, so that whatever a crash leaves is deleted before the
/// next cache is created, or by ``purge()``.
public actor CacheKeeper {
  /// How long a cache is kept unless it is extended.
  public static let usualLifetime = Duration.seconds(3600)

  private struct Open {
    var note: StoredCache
    let name: String
  }

  private let client: GeminiClient
  private let store: RunStore
  private let lifetime: Duration
  private let now: @Sendable () -> Date
  private let isGone: @Sendable (ProcessIdentity) -> Bool
  private var open: [String: Open] = [:]
  private var pending: [String: Task<String?, any Error>] = [:]
  private var hasPurged = false
  /// What went wrong with caches and was got over, one sentence each.
  public private(set) var notices: [String] = []

  /// A keeper that notes what it does in a store.
  ///
  /// - Parameters:
  ///   - client: Talks to the service.
  ///   - store: Where the notes are.
  ///   - lifetime: How long a cache is kept unless it is extended; the service's least is a minute.
  ///   - now: Tells the time.
  public init(
    client: GeminiClient,
    store: RunStore,
    lifetime: Duration = CacheKeeper.usualLifetime,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.init(
      client: client,
      store: store,
      lifetime: lifetime,
      now: now,
      isGone: { $0.isGone }
    )
  }

  init(
    client: GeminiClient,
    store: RunStore,
    lifetime: Duration,
    now: @escaping @Sendable () -> Date,
    isGone: @escaping @Sendable (ProcessIdentity) -> Bool
  ) {
    self.client = client
    self.store = store
    self.lifetime = max(.seconds(60), lifetime)
    self.now = now
    self.isGone = isGone
  }

  /// The cache of a group, created unless it is there; `nil` when the service has none to give, and
  /// the requests are to be sent as they are.
  ///
  /// - Throws: `RunStoreError` when the note cannot be written; `CancellationError`.
  public func open(_ group: CacheGroup) async throws -> String? {
    if let known = open[group.id] { return known.name }
    if let pending = pending[group.id] { return try await pending.value }
    let task = Task { try await create(group) }
    pending[group.id] = task
    defer { pending[group.id] = nil }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  private func create(_ group: CacheGroup) async throws -> String? {
    if !hasPurged {
      hasPurged = true
      _ = await purge()
    }
    var note = StoredCache(label: Self.label(), account: client.account, expiresAt: later)
    try store.note(note)
    do {
      let cache = try await client.createCache(
        group.draft(timeToLive: lifetime, displayName: note.label),
        model: group.model
      )
      note.name = cache.name
      try store.note(note)
      open[group.id] = Open(note: note, name: cache.name)
      return cache.name
    } catch let error as GeminiError {
      // A refusal leaves nothing behind; after a fault of the network the cache may be there.
      if error.httpStatus.map({ (400..<500).contains($0) }) == true {
        try store.forgetCache(note.label)
      }
      notices.append("No cache was created: \(error.message).")
      return nil
    }
  }

  /// A name that no other note has.
  static func label(random: UInt64 = .random(in: .min ... .max)) -> String {
    "tabscribe-" + NumberText.hexadecimal(random)
  }

  /// Keeps the cache of a group for another lifetime once half of it has passed.
  ///
  /// - Returns: Whether the cache is still there; if not, requests are to be sent without it.
  @discardableResult
  public func extend(_ id: String) async -> Bool {
    guard let kept = open[id] else { return false }
    guard kept.note.expiresAt < now() + seconds / 2 else { return true }
    do {
      _ = try await client.extendCache(kept.name, timeToLive: lifetime)
      var note = kept.note
      note.expiresAt = later
      open[id]?.note = note
      try store.note(note)
      return true
    } catch let error as GeminiError where Self.isGone(error) {
      open[id] = nil
      try? store.forgetCache(kept.note.label)
      return false
    } catch {
      return kept.note.expiresAt > now()
    }
  }

  /// Deletes the cache of a group, also when the task has been cancelled; a cache that cannot be
  /// deleted now is left to ``purge()``.
  public func close(_ id: String) async {
    guard let kept = open.removeValue(forKey: id) else { return }
    if let problem = await delete(kept.note) { notices.append(problem) }
  }

  /// Deletes every cache of this keeper.
  public func closeAll() async {
    for id in open.keys.sorted() { await close(id) }
  }

  /// Deletes what runs that ended early have left.
  ///
  /// - Returns: The caches that were deleted.
  public func purge() async -> [String] {
    var deleted: [String] = []
    for var note in abandoned() {
      do {
        if note.expiresAt > now(), note.name == nil { note.name = try await named(note) }
      } catch {
        notices.append("The caches could not be listed: \(error).")
        continue
      }
      if let problem = await delete(note) {
        notices.append(problem)
      } else if let name = note.name, note.expiresAt > now() {
        deleted.append(name)
      }
    }
    return deleted
  }

  /// The notes of this account that nobody looks after.
  private func abandoned() -> [StoredCache] {
    let own = Set(open.values.map(\.note.label))
    do throws(RunStoreError) {
      return try store.caches().filter { note in
        note.account == client.account && !own.contains(note.label)
          && (note.expiresAt <= now() || isGone(note.process))
      }
    } catch {
      notices.append("What is known of caches could not be read: \(error).")
      return []
    }
  }

  /// How many caches of runs that ended early may still be kept, as far as notes tell; asks nobody.
  public static func leftovers(
    in store: RunStore,
    now: Date
  ) throws(RunStoreError) -> Int {
    try store.caches().count { $0.expiresAt > now && $0.process.isGone }
  }

  /// Finds a cache whose creation was not heard of again.
  private func named(_ note: StoredCache) async throws -> String? {
    var token: String?
    repeat {
      let page = try await client.caches(pageSize: 100, pageToken: token)
      if let cache = page.elements.first(where: { $0.displayName == note.label }) {
        return cache.name
      }
      token = page.nextPageToken
    } while token != nil
    return nil
  }

  /// Deletes the cache of a note and the note; says what went wrong.
  private func delete(_ note: StoredCache) async -> String? {
    let client = client
    do {
      if let name = note.name, note.expiresAt > now() {
        // A task of its own: that a run was interrupted is no reason to keep on paying.
        try await Task.detached { try await client.deleteCache(name) }.value
      }
    } catch let error as GeminiError where Self.isGone(error) {
      // Somebody was faster, or its time was over.
    } catch {
      return "The cache \(note.name ?? note.label) could not be deleted: \(error). "
        + "It is kept until its time is over."
    }
    try? store.forgetCache(note.label)
    return nil
  }

  private static func isGone(_ error: GeminiError) -> Bool {
    error.code == .permissionDenied || error.code == .notFound
  }

  private var later: Date { now() + seconds }
  private var seconds: TimeInterval { TimeInterval(lifetime.components.seconds) }
}
