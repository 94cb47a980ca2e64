internal import Digests
internal import PlainText

extension GeminiClient {
  /// How long the service keeps a file, with an hour to spare (48 hours; read 2026-11).
  package static let keepSeconds = 47 * 3600

  /// Makes sure the service has a file: sends it, unless it still has the same contents.
  ///
  /// A file is read for its digest only when something of its length is kept; a first upload costs
  /// no more than without the registry.
  ///
  /// - Parameters:
  ///   - upload: The local file.
  ///   - registry: Remembers what was sent; `nil` sends the file in any case.
  ///   - seconds: How long the service has to keep what it has already, at least.
  ///   - options: For each request.
  ///   - onProgress: Told how far an upload is; never called when nothing is sent.
  /// - Returns: The file, maybe still being prepared.
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func uploadFile(
    _ upload: FileUpload,
    unlessIn registry: UploadRegistry?,
    lasting seconds: Int = 0,
    options: CallOptions = CallOptions(),
    onProgress: (@Sendable (UploadProgress) -> Void)? = nil
  ) async throws -> GeminiFile {
    guard let registry else {
      return try await uploadFile(upload, options: options, onProgress: onProgress)
    }
    let file = try upload.object?.file ?? LocalFile(path: upload.path).resolved
    let notes = registry.notes
    return try await registry.alone(withSize: file.size) {
      var digest = try? notes.digest(of: file)
      let isHere = upload.object == nil
      let known = try await keptFile(of: file, &digest, isHere, in: notes, seconds, options)
      if let known { return known }
      let sent = try await uploadFile(upload, options: options, onProgress: onProgress)
      // The upload itself has succeeded; that it cannot be remembered costs another one at worst.
      try? await remember(sent, of: file, digest, isHere, in: notes)
      return sent
    }
  }

  /// What the service still has of a local file, in a usable state.
  private func keptFile(
    of file: LocalFile,
    _ digest: inout String?,
    _ isHere: Bool,
    in notes: any UploadNotes,
    _ seconds: Int,
    _ options: CallOptions
  ) async throws -> GeminiFile? {
    let time = timing.secondsSince1970()
    let end = time + seconds
    let uploads = (try? notes.uploads(size: file.size, account: account, at: end)) ?? []
    // To read an object for its digest costs as much as to send it.
    guard !uploads.isEmpty, isHere || digest != nil else { return nil }
    let found: String
    if let digest { found = digest } else { found = try await file.digest() }
    digest = found
    guard let upload = uploads.last(where: { $0.digest == found }) else { return nil }
    guard let kept = try await kept(upload.name, options) else {
      try? notes.forget(upload.name)
      return nil
    }
    try? notes.remember(upload, from: file, at: time)
    return kept
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

  /// Remembers an upload under the digest of what the service has, unless the file has changed
  /// meanwhile.
  private func remember(
    _ sent: GeminiFile,
    of file: LocalFile,
    _ known: String?,
    _ isHere: Bool,
    in notes: any UploadNotes
  ) async throws {
    let digest: String
    if let known = sent.contentDigest ?? known {
      digest = known
    } else {
      guard isHere else { return }
      digest = try await file.digest()
    }
    guard try !isHere || LocalFile(path: file.path) == file else { return }
    let time = timing.secondsSince1970()
    let entry = KeptUpload(
      digest: digest,
      size: file.size,
      account: account,
      name: sent.name,
      expiration: time + Self.keepSeconds
    )
    try notes.remember(entry, from: file, at: time)
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

extension GeminiFile {
  /// The SHA-256 of the contents as 64 hexadecimal digits, as the service tells it.
  ///
  /// The service has been seen to write the digest itself as base64, and its digits as base64.
  public var contentDigest: String? {
    guard let bytes = sha256Hash.flatMap(Base64.decoded) else { return nil }
    if bytes.count == 32 { return SHA256.hexadecimal(bytes) }
    let digits = String(decoding: bytes, as: UTF8.self).lowercased()
    return digits.count == 64 && digits.allSatisfy(\.isHexDigit) ? digits : nil
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
