#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Keeps other processes out while a small file of ours is changed.
enum FileLock {
  /// The longest wait; whoever holds the lock only reads and writes a small file.
  private static let patience = 200

  /// Runs a change while nobody else holds the lock of a file, which is made when it is missing.
  ///
  /// The system drops the lock of a process that dies.
  ///
  /// - Throws: ``GeminiError`` when the lock cannot be had within two seconds; what the change
  ///   throws; `CancellationError`.
  static func held(at path: String, _ change: @Sendable () throws -> Void) async throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var waits = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, waits < patience else {
        throw failure(path, "somebody else holds it")
      }
      waits += 1
      try await Task.sleep(for: .milliseconds(10))
    }
    try change()
  }

  private static func failure(_ path: String, _ reason: String) -> GeminiError {
    GeminiError(.unreadableFile, "\(path) cannot be locked: \(reason)")
  }
}
