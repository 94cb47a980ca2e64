/// Remembers which files the service keeps, where several processes may look and write at once.
///
/// Losing it costs an upload, nothing else.
public protocol UploadNotes: Sendable {
  /// The files of a length that the service still keeps for an account at a time, in seconds since
  /// 1970; the one that is kept longest last.
  func uploads(size: Int, account: String, at time: Int) throws -> [KeptUpload]

  /// The digest of a local file that has not changed since it was last read.
  func digest(of file: LocalFile) throws -> String?

  /// Remembers a file of the service, and where its contents came from.
  func remember(_ upload: KeptUpload, from file: LocalFile, at time: Int) throws

  /// Forgets a file of the service.
  func forget(_ name: String) throws
}

/// A file kept by the service.
public struct KeptUpload: Hashable, Sendable {
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

  /// A file kept by the service.
  public init(digest: String, size: Int, account: String, name: String, expiration: Int) {
    self.digest = digest
    self.size = size
    self.account = account
    self.name = name
    self.expiration = expiration
  }
}

/// Sends each file once, by its contents: several requests about one video wait for one upload.
public actor UploadRegistry {
  /// What was sent before; a note that cannot be read or written costs an upload at worst.
  nonisolated let notes: any UploadNotes
  private var busySizes: Set<Int> = []
  private var waiting: [Int: [CheckedContinuation<Void, Never>]] = [:]

  /// A registry that remembers in some notes.
  public init(_ notes: any UploadNotes) { self.notes = notes }

  /// Forgets a file of the service.
  public nonisolated func forget(_ name: String) throws { try notes.forget(name) }

  /// Runs work on files of a length one after the other.
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
}
