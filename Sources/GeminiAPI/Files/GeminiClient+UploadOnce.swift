internal import Digests

extension GeminiClient {
  /// How long the service keeps a file, with an hour to spare (48 hours; read 2026-11).
  package static let keepSeconds = 47 * 3600

  /// Makes sure the service has a file: sends it, unless it still has the same contents.
  ///
  /// - Parameters:
  ///   - upload: The local file.
  ///   - registry: Remembers what was sent.
  ///   - options: For each request.
  ///   - onProgress: Told how far an upload is; never called when nothing is sent.
  /// - Returns: The file, maybe still being prepared.
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func uploadFile(
    _ upload: FileUpload,
    unlessIn registry: UploadRegistry,
    options: CallOptions = CallOptions(),
    onProgress: (@Sendable (UploadProgress) -> Void)? = nil
  ) async throws -> GeminiFile {
    let digest = try await LocalFile(path: upload.path).digest()
    let time = timing.secondsSince1970()
    if let entry = await registry.entry(digest: digest, account: account, at: time) {
      if let file = try await kept(entry.name, options) { return file }
      try await registry.forget(name: entry.name)
    }
    let file = try await uploadFile(upload, options: options, onProgress: onProgress)
    let entry = UploadRegistry.Entry(
      digest: digest,
      account: account,
      name: file.name,
      expiration: time + Self.keepSeconds
    )
    // The upload itself has succeeded; that it cannot be remembered costs another one at worst.
    try? await registry.remember(entry, at: time)
    return file
  }

  /// The file when the service still has it in a usable state.
  private func kept(_ name: String, _ options: CallOptions) async throws -> GeminiFile? {
    do {
      let file = try await file(name, options: options)
      return file.state == .failed ? nil : file
    } catch let error as GeminiError
      where error.code == .permissionDenied || error.code == .notFound
    {
      return nil
    }
  }

  /// Whose files, caches and batches the client sees, as a text that gives no key away.
  ///
  /// They belong to the key's project; a short digest tells keys apart.
  public var account: String {
    if case .agentPlatform(let project?, let location) = configuration.backend {
      return "\(configuration.baseURL) \(project) \(location)"
    }
    guard case .apiKey(let key) = configuration.credentials else { return configuration.baseURL }
    let mark = SHA256.hexadecimal(of: "upload registry \(key.reveal())").prefix(12)
    return "\(configuration.baseURL) \(mark)"
  }
}

extension LocalFile {
  /// SHA-256 of the contents as hexadecimal digits; reads in pieces and lets others run meanwhile.
  ///
  /// - Throws: ``GeminiError`` when the file cannot be read; `CancellationError`.
  public func digest() async throws -> String {
    let digest = SHA256()
    try await forEachPiece { digest.update($0) }
    return SHA256.hexadecimal(digest.finalize())
  }
}
