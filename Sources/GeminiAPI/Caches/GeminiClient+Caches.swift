internal import OrderedJSON

extension GeminiClient {
  /// Makes a cache; its tokens are billed once as input, then by the hour.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func createCache(
    _ draft: CachedContent.Draft,
    model: String,
    options: CallOptions = CallOptions()
  ) async throws -> CachedContent {
    try await cache(requests.createCache(draft, model: model), options)
  }

  /// Asks about a cache.
  ///
  /// - Throws: ``GeminiError``, with the code `permissionDenied` when the cache is gone;
  ///   `CancellationError`.
  public func cache(
    _ name: String,
    options: CallOptions = CallOptions()
  ) async throws -> CachedContent {
    try await cache(requests.cache(name), options)
  }

  /// Asks for a page of the caches.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func caches(
    pageSize: Int? = nil,
    pageToken: String? = nil,
    options: CallOptions = CallOptions()
  ) async throws -> Page<CachedContent> {
    let request = try requests.caches(pageSize: pageSize, pageToken: pageToken)
    let value = try await json(request, options)
    return Page(
      elements: value["cachedContents"]?.array?.compactMap(CachedContent.init(json:)) ?? [],
      nextPageToken: Self.pageToken(value)
    )
  }

  /// Sets how much longer a cache is kept, from now.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func extendCache(
    _ name: String,
    timeToLive: Duration,
    options: CallOptions = CallOptions()
  ) async throws -> CachedContent {
    try await cache(requests.extendCache(name, timeToLive: timeToLive), options)
  }

  /// Removes a cache.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func deleteCache(_ name: String, options: CallOptions = CallOptions()) async throws {
    _ = try await json(try requests.deleteCache(name), options)
  }

  private func cache(_ request: HTTPRequest, _ options: CallOptions) async throws -> CachedContent {
    guard let cache = CachedContent(json: try await json(request, options)) else {
      throw Self.nameless("cache")
    }
    return cache
  }
}
