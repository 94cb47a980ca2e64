internal import OrderedJSON

extension GeminiRequests {
  /// Makes a cache.
  ///
  /// - Throws: ``GeminiError`` when the model's name is malformed.
  public func createCache(_ draft: CachedContent.Draft, model: String) throws -> HTTPRequest {
    let name = try ModelName(model, backend: configuration.backend)
    return post(try projectPath("cachedContents"), draft.json(model: name.path))
  }

  /// Asks about a cache.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func cache(_ name: String) throws -> HTTPRequest {
    get(try projectResource(name, in: "cachedContents"))
  }

  /// Asks for a page of the caches.
  ///
  /// - Throws: ``GeminiError`` without a project on Agent Platform.
  public func caches(pageSize: Int? = nil, pageToken: String? = nil) throws -> HTTPRequest {
    get(try projectPath("cachedContents"), page(pageSize, pageToken))
  }

  /// Sets how much longer a cache is kept, from now.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func extendCache(_ name: String, timeToLive: Duration) throws -> HTTPRequest {
    post(
      try projectResource(name, in: "cachedContents"),
      ["ttl": .string(WireDuration.text(timeToLive))],
      method: "PATCH",
      query: [("updateMask", "ttl")]
    )
  }

  /// Removes a cache.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func deleteCache(_ name: String) throws -> HTTPRequest {
    delete(try projectResource(name, in: "cachedContents"))
  }

  /// A path that belongs to the project on Agent Platform, and to the key's owner elsewhere.
  func projectPath(_ path: String) throws -> String {
    guard case .agentPlatform(let project, let location) = configuration.backend else {
      return path
    }
    guard let project else {
      throw GeminiError(
        .invalidConfiguration,
        "\(path) belong to a project, and none was given",
        remedy: "set GOOGLE_CLOUD_PROJECT"
      )
    }
    return ModelName.prefix(project, location) + path
  }

  /// The path of a resource of the project from its id, its short or its full name.
  func projectResource(_ name: String, in collection: String) throws -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isFull = parts.count == 6 && parts[0] == "projects" && parts[4] == collection
    let own = try projectPath(collection)
    let id = isFull ? String(parts[5]) : name
    let path = try resource(id, in: collection)
    guard !isFull || configuration.backend != .aiStudio else { return path }
    return own + "/" + path.dropFirst(collection.count + 1)
  }
}
