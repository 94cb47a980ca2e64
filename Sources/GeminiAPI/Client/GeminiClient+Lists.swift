extension GeminiClient {
  /// Pages that are read of a list at most; a service that never ends one is not followed for ever.
  private static let pageLimit = 1000

  /// Every file the service keeps.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func allFiles(options: CallOptions = CallOptions()) async throws -> [GeminiFile] {
    try await everything { token in
      try await files(pageSize: 100, pageToken: token, options: options)
    }
  }

  /// Every cache the service keeps.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func allCaches(options: CallOptions = CallOptions()) async throws -> [CachedContent] {
    try await everything { token in
      try await caches(pageSize: 1000, pageToken: token, options: options)
    }
  }

  private func everything<Element: Sendable>(
    _ page: (String?) async throws -> Page<Element>
  ) async throws -> [Element] {
    var elements: [Element] = []
    var token: String?
    for _ in 0..<Self.pageLimit {
      let page = try await page(token)
      elements += page.elements
      guard let next = page.nextPageToken, next != token else { return elements }
      token = next
    }
    return elements
  }

  /// Makes sure that the service keeps uploaded files.
  ///
  /// - Throws: ``GeminiError`` with the code `unsupportedSource` on Agent Platform.
  public func requireFileService() throws {
    guard configuration.backend != .aiStudio else { return }
    throw GeminiError(
      .unsupportedSource,
      "Agent Platform keeps no uploaded files",
      remedy: "put the file into a Cloud Storage bucket and name it as gs://bucket/file"
    )
  }
}
