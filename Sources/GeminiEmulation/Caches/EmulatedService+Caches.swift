internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Seconds a cache lives when nothing is said.
  private static let standardCacheLifetime = 3600.0

  /// Creates, gets, lists, changes and deletes explicit caches.
  func cacheRequest(_ call: inout Call, _ route: Route) async throws(ServiceError) -> HTTPReply {
    let key = call.head.method + call.head.path
    let fault = faults.fault(for: .caches, model: nil, key: key)
    call.record.fault = fault?.kind.rawValue
    if let reply = fault?.replyInstead(model: "") { return reply }
    switch (call.head.method, route.resource) {
    case ("POST", .caches): return .json(describe(try await createCache(call, route)))
    case ("GET", .caches): return try listCaches(call, route)
    case ("GET", .cache(let id)): return .json(describe(try cache(id, route)))
    case ("PATCH", .cache(let id)): return .json(describe(try changeCache(id, call, route)))
    case ("DELETE", .cache(let id)):
      _ = try cache(id, route)
      caches.remove(id)
      return .json([:])
    default: return Self.nothingHere(call.head.path)
    }
  }

  private func createCache(_ call: Call, _ route: Route) async throws(ServiceError) -> ExplicitCache
  {
    let body = try call.message("CachedContent", route.backend)
    let path = body["model"]?.string ?? ""
    let id = String(path.split(separator: "/").last ?? "")
    guard let model = EmulatedModel.named(id, version: route.version) else {
      throw Self.unknownModel(id, route, "createCachedContent")
    }
    let system = try GenerationReader.systemText(body)
    let parts = try await reader(route, model, id, of: body)
      .readContents(body["contents"]?.array ?? [])
    let counter = TokenCounter(model: model, resolution: nil)
    var tokens = ModalityTokens(text: system.map(TextTokens.count) ?? 0)
    for part in parts { tokens += counter.count(part) }
    try Self.checkSize(tokens.total, model, route.backend)
    let now = clock.now
    let cache = ExplicitCache(
      id: ids.next("cache"),
      modelName: model.id,
      displayName: body["displayName"]?.string ?? "",
      created: now,
      updated: now,
      expires: try Self.expiry(body, now, route) ?? now + Self.standardCacheLifetime,
      system: system,
      parts: parts,
      tokens: tokens,
      scope: route.scope,
      modelPath: path
    )
    caches.put(cache)
    return cache
  }

  private static func checkSize(
    _ tokens: Int,
    _ model: EmulatedModel,
    _ backend: Backend
  )
    throws(ServiceError)
  {
    switch backend {
    case .aiStudio:
      guard let floor = model.floors.explicitStudio else {
        throw .invalid("models/\(model.id) does not support explicit caching.")
      }
      guard tokens >= floor else {
        throw .invalid(
          "Cached content is too small. total_token_count=\(tokens), "
            + "min_total_token_count=\(floor)"
        )
      }
    case .agentPlatform:
      guard let floor = model.floors.explicitPlatform else {
        throw .invalid("Model \(model.id) does not support cached content.")
      }
      guard tokens >= floor else {
        throw .invalid(
          "The cached content is of \(tokens) tokens. The minimum token count to start caching is "
            + "\(floor)."
        )
      }
    }
  }

  /// The moment a body sets for the end of a cache.
  private static func expiry(
    _ body: JSONObject,
    _ now: Double,
    _ route: Route
  )
    throws(ServiceError) -> Double?
  {
    guard body["ttl"] == nil || body["expireTime"] == nil else {
      throw .invalid("Only one of ttl and expire_time may be set.")
    }
    if let milliseconds = Milliseconds.parse(duration: body["ttl"]?.string) {
      guard milliseconds > 0, route.backend == .aiStudio || milliseconds >= 60_000 else {
        throw .invalid("The ttl is too short.")
      }
      return now + Double(milliseconds) / 1000
    }
    guard let moment = Timestamp.parse(body["expireTime"]?.string) else { return nil }
    guard moment > now else { throw .invalid("The expire_time must be in the future.") }
    return moment
  }

  private func cache(_ id: String, _ route: Route) throws(ServiceError) -> ExplicitCache {
    guard let cache = caches.cache(id, scope: route.scope, at: clock.now) else {
      throw CacheErrors.gone(route.backend, name: "cachedContents/\(id)")
    }
    return cache
  }

  /// Changes the end of a cache; nothing else can be changed.
  private func changeCache(
    _ id: String,
    _ call: Call,
    _ route: Route
  ) throws(ServiceError)
    -> ExplicitCache
  {
    var cache = try cache(id, route)
    let body = try call.message("CachedContent", route.backend)
    let mask = call.head.parameter("updateMask")?.split(separator: ",").map(String.init)
    let changed = mask ?? body.keys
    guard changed.allSatisfy({ ["ttl", "expireTime", "expire_time"].contains($0) }),
      body.keys.allSatisfy({ ["ttl", "expireTime"].contains($0) }),
      let expires = try Self.expiry(body, clock.now, route)
    else { throw .invalid("Only ttl or expire_time of a cached content may be updated.") }
    cache.expires = expires
    cache.updated = clock.now
    caches.put(cache)
    return cache
  }

  private func listCaches(_ call: Call, _ route: Route) throws(ServiceError) -> HTTPReply {
    let all = caches.all(scope: route.scope, at: clock.now)
    let page = try Page(call.head, count: all.count, standard: 50, maximum: 1000)
    return .json(page.json("cachedContents", all[page.range].map { describe($0) }))
  }

  private func describe(_ cache: ExplicitCache) -> JSONValue {
    let prefix = cache.scope.map { $0 + "/" } ?? ""
    return [
      "name": JSONValue("\(prefix)cachedContents/\(cache.id)"),
      "model": JSONValue(cache.modelPath),
      "createTime": JSONValue(Timestamp.rendered(cache.created)),
      "updateTime": JSONValue(Timestamp.rendered(cache.updated)),
      "expireTime": JSONValue(Timestamp.rendered(cache.expires)),
      "displayName": JSONValue(cache.displayName),
      "usageMetadata": ["totalTokenCount": JSONValue(cache.tokens.total)],
    ]
  }
}
