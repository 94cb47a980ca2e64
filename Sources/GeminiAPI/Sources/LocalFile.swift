#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file of this machine, read without surprises.
public struct LocalFile: Hashable, Sendable {
  /// Where it is.
  public let path: String
  /// The length in bytes.
  public let size: Int
  /// When it was last written, in nanoseconds since 1970.
  public let modified: Int

  package init(path: String, size: Int, modified: Int) {
    self.path = path
    self.size = size
    self.modified = modified
  }

  /// Looks at a file.
  ///
  /// - Throws: ``GeminiError`` with the code `unreadableFile` when it is missing, a folder, or
  ///   closed to us.
  public init(path: String) throws {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      throw Self.failure(path, "cannot be found", errno: errno)
    }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw GeminiError(.unreadableFile, "\(path) is no file", remedy: "name a video or audio file")
    }
    guard access(path, R_OK) == 0 else { throw Self.failure(path, "cannot be read", errno: errno) }
    self.path = path
    size = Int(facts.st_size)
    #if canImport(Darwin)
    let written = facts.st_mtimespec
    #else
    let written = facts.st_mtim
    #endif
    // Read as two whole numbers: optimised builds do not find the fields' names.
    modified = withUnsafeBytes(of: written) { fields in
      fields.load(as: Int.self) * 1_000_000_000
        + fields.load(fromByteOffset: MemoryLayout<Int>.size, as: Int.self)
    }
  }

  /// The same file by its path from the root, without links.
  var resolved: LocalFile {
    guard let resolved = realpath(path, nil) else { return self }
    defer { free(resolved) }
    return LocalFile(path: String(cString: resolved), size: size, modified: modified)
  }

  /// The first bytes, or all of them when there are fewer.
  ///
  /// - Throws: ``GeminiError`` with the code `unreadableFile`.
  public func bytes(upTo limit: Int) throws -> [UInt8] { try bytes(from: 0, count: limit) }

  /// The bytes from a place on, or those that are left when there are fewer.
  func bytes(from start: Int, count limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened", errno: errno) }
    defer { close(descriptor) }
    var failure: Int32 = 0
    let room = max(0, min(limit, size - start))
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = 0
      while count < buffer.count {
        let place = buffer.baseAddress?.advanced(by: count)
        let taken = pread(descriptor, place, buffer.count - count, off_t(start + count))
        if taken < 0 && errno == EINTR { continue }
        if taken < 0 { failure = errno }
        if taken <= 0 { break }
        count += taken
      }
    }
    guard failure == 0 else { throw Self.failure(path, "cannot be read", errno: failure) }
    return bytes
  }

  /// Hands the contents to a closure in pieces of 1 MiB.
  func forEachPiece(_ body: ([UInt8]) -> Void) async throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened", errno: errno) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      try Task.checkCancellation()
      let taken = read(descriptor, &buffer, buffer.count)
      if taken < 0 && errno == EINTR { continue }
      guard taken >= 0 else { throw Self.failure(path, "cannot be read", errno: errno) }
      guard taken > 0 else { return }
      body(taken == buffer.count ? buffer : Array(buffer[..<taken]))
      await Task.yield()
    }
  }

  private static func failure(_ path: String, _ what: String, errno code: Int32) -> GeminiError {
    let reason = String(cString: strerror(code))
    return GeminiError(
      .unreadableFile,
      "\(path) \(what): \(reason)",
      remedy: "check the path and the permissions"
    )
  }
}
