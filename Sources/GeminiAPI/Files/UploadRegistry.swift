/// Remembers which files the service keeps, by their contents, so that none is sent twice.
///
/// The registry is a small JSON file that any number of processes may use at once: each change
/// reads it again behind a lock. Losing it costs an upload, nothing else; so a damaged one is taken
/// for empty.
public actor UploadRegistry {
  /// A file kept by the service.
  public struct Entry: Hashable, Sendable {
    /// SHA-256 of the contents, as hexadecimal digits.
    public let digest: String
    /// The length in bytes.
    public let size: Int
    /// Whose file it is: the service and a mark of the key.
    public let account: String
    /// `files/` and an id.
    public let name: String
    /// When the service forgets it, in seconds since 1970.
    public let expiration: Int
  }

  private let path: String
  private var busySizes: Set<Int> = []
  private var waiting: [Int: [CheckedContinuation<Void, Never>]] = [:]

  /// A registry in a file, which need not exist yet.
  public init(path: String) { self.path = path }

  /// The files that are still kept at a time and have a length.
  func entries(size: Int, account: String, at time: Int) -> [Entry] {
    contents.entries.filter {
      $0.size == size && $0.account == account && $0.expiration > time
    }
  }

  /// The digest of a local file that has not changed since it was last read.
  func digest(of file: LocalFile) -> String? {
    contents.localFiles.last { $0.file == file }?.digest
  }

  /// Remembers a file, and where its contents came from; those that have expired are forgotten.
  ///
  /// - Throws: ``GeminiError`` when the registry cannot be written.
  func remember(_ entry: Entry, from file: LocalFile, at time: Int) async throws {
    try await change { contents in
      contents.entries.removeAll { $0.expiration <= time || $0.name == entry.name }
      contents.entries.append(entry)
      contents.note(entry.digest, of: file)
    }
  }

  /// Forgets a file.
  ///
  /// - Throws: ``GeminiError`` when the registry cannot be written.
  public func forget(name: String) async throws {
    guard contents.entries.contains(where: { $0.name == name }) else { return }
    try await change { $0.entries.removeAll { $0.name == name } }
  }

  /// Runs work on files of a length one after the other, so that several requests about one video
  /// send it once.
  func alone<Result: Sendable>(
    withSize size: Int,
    _ work: @Sendable () async throws -> Result
  ) async throws -> Result {
    while !busySizes.insert(size).inserted {
      await withCheckedContinuation { waiting[size, default: []].append($0) }
    }
    defer {
      busySizes.remove(size)
      for continuation in waiting.removeValue(forKey: size) ?? [] { continuation.resume() }
    }
    return try await work()
  }

  private var contents: RegisteredUploads { RegisteredUploads(path: path) }

  private func change(_ body: @Sendable (inout RegisteredUploads) -> Void) async throws {
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    if !folder.isEmpty { try FileStore.makeFolder(String(folder)) }
    try await FileLock.held(at: "\(path).lock") { [path] in
      var contents = RegisteredUploads(path: path)
      body(&contents)
      try FileStore.write(contents.rendered, to: path)
    }
  }
}
