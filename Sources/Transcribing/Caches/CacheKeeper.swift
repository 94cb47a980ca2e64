public import GeminiAPI

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
/// A note in a folder says what was created, so that whatever a crash leaves is deleted before the
/// next cache is created, or by ``purge()``.
public actor CacheKeeper {
  private struct Open {
    var intent: CacheIntent
    let name: String
  }

  private let client: GeminiClient
  private let folder: String
  private let lifetime: Duration
  private let now: @Sendable () -> Date
  private let isRunning: @Sendable (Int32) -> Bool
  private var open: [String: Open] = [:]
  private var pending: [String: Task<String?, any Error>] = [:]
  private var hasPurged = false
  /// What went wrong with caches and was got over, one sentence each.
  public private(set) var notices: [String] = []

  /// A keeper that notes what it does in a folder.
  ///
  /// - Parameters:
  ///   - client: Talks to the service.
  ///   - folder: Where the notes are; made when needed.
  ///   - lifetime: How long a cache is kept unless it is extended; the service's least is a minute.
  ///   - now: Tells the time.
  public init(
    client: GeminiClient,
    folder: String,
    lifetime: Duration = .seconds(3600),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.init(
      client: client,
      folder: folder,
      lifetime: lifetime,
      now: now,
      isRunning: CacheIntent.isRunning
    )
  }

  init(
    client: GeminiClient,
    folder: String,
    lifetime: Duration,
    now: @escaping @Sendable () -> Date,
    isRunning: @escaping @Sendable (Int32) -> Bool
  ) {
    self.client = client
    self.folder = folder
    self.lifetime = max(.seconds(60), lifetime)
    self.now = now
    self.isRunning = isRunning
  }

  /// The cache of a group, created unless it is there; `nil` when the service has none to give, and
  /// the requests are to be sent as they are.
  ///
  /// - Throws: `GeminiError` when the note cannot be written; `CancellationError`.
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
    var intent = CacheIntent(account: client.account, expiration: time + seconds)
    try intent.save(in: folder)
    do {
      let cache = try await client.createCache(draft(of: group, intent), model: group.model)
      intent.name = cache.name
      try intent.save(in: folder)
      open[group.id] = Open(intent: intent, name: cache.name)
      return cache.name
    } catch let error as GeminiError {
      // A refusal leaves nothing behind; after a fault of the network the cache may be there.
      if error.httpStatus.map({ (400..<500).contains($0) }) == true {
        try intent.remove(from: folder)
      }
      notices.append("No cache was created: \(error.message).")
      return nil
    }
  }

  private func draft(of group: CacheGroup, _ intent: CacheIntent) -> CachedContent.Draft {
    CachedContent.Draft(
      contents: group.contents,
      systemInstruction: group.systemInstruction,
      tools: group.tools,
      timeToLive: lifetime,
      displayName: intent.label
    )
  }

  /// Keeps the cache of a group for another lifetime once half of it has passed.
  ///
  /// - Returns: Whether the cache is still there; if not, requests are to be sent without it.
  @discardableResult
  public func extend(_ id: String) async -> Bool {
    guard let kept = open[id] else { return false }
    guard kept.intent.expiration - time < seconds / 2 else { return true }
    do {
      _ = try await client.extendCache(kept.name, timeToLive: lifetime)
      open[id]?.intent.expiration = time + seconds
      try open[id]?.intent.save(in: folder)
      return true
    } catch let error as GeminiError where Self.isGone(error) {
      open[id] = nil
      try? kept.intent.remove(from: folder)
      return false
    } catch {
      return kept.intent.expiration > time
    }
  }

  /// Deletes the cache of a group, also when the task has been cancelled; a cache that cannot be
  /// deleted now is left to ``purge()``.
  public func close(_ id: String) async {
    guard let kept = open.removeValue(forKey: id) else { return }
    if let problem = await delete(kept.intent) { notices.append(problem) }
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
    let own = Set(open.values.map(\.intent.label))
    for var intent in CacheIntent.all(in: folder) {
      guard intent.account == client.account, !own.contains(intent.label),
        intent.isAbandoned(at: time, isRunning: isRunning)
      else { continue }
      do {
        if intent.expiration > time, intent.name == nil { intent.name = try await named(intent) }
      } catch {
        notices.append("The caches could not be listed: \(error).")
        continue
      }
      if let problem = await delete(intent) {
        notices.append(problem)
      } else if let name = intent.name, intent.expiration > time {
        deleted.append(name)
      }
    }
    return deleted
  }

  /// The caches of runs that ended early, as far as notes tell; asks nobody.
  public static func leftovers(in folder: String, now: Date = Date()) -> Int {
    let time = Int(now.timeIntervalSince1970)
    return CacheIntent.all(in: folder).count {
      $0.expiration > time && $0.isAbandoned(at: time, isRunning: CacheIntent.isRunning)
    }
  }

  /// Finds a cache whose creation was not heard of again.
  private func named(_ intent: CacheIntent) async throws -> String? {
    var token: String?
    repeat {
      let page = try await client.caches(pageSize: 100, pageToken: token)
      if let cache = page.elements.first(where: { $0.displayName == intent.label }) {
        return cache.name
      }
      token = page.nextPageToken
    } while token != nil
    return nil
  }

  /// Deletes the cache of a note and the note; says what went wrong.
  private func delete(_ intent: CacheIntent) async -> String? {
    let client = client
    do {
      if let name = intent.name, intent.expiration > time {
        // A task of its own: that a run was interrupted is no reason to keep on paying.
        try await Task.detached { try await client.deleteCache(name) }.value
      }
    } catch let error as GeminiError where Self.isGone(error) {
      // Somebody was faster, or its time was over.
    } catch {
      return "The cache \(intent.name ?? intent.label) could not be deleted: \(error). "
        + "It is kept until its time is over."
    }
    try? intent.remove(from: folder)
    return nil
  }

  private static func isGone(_ error: GeminiError) -> Bool {
    error.code == .permissionDenied || error.code == .notFound
  }

  private var time: Int { Int(now().timeIntervalSince1970) }
  private var seconds: Int { Int(lifetime.components.seconds) }
}
