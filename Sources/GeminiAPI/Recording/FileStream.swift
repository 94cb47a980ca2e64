#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file of our own that is written bit by bit, and appears under its name only when it is whole.
package final class FileStream {
  /// Bytes written so far.
  package private(set) var count = 0
  private let path: String
  private let partial: String
  private var descriptor: Int32

  /// Begins a file; the folder has to be there.
  package init(path: String) throws {
    self.path = path
    partial = "\(path).\(getpid()).part"
    descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileStore.failure("\(path) cannot be written") }
  }

  /// Without ``finish()`` nothing stays.
  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(partial)
  }

  /// Adds bytes.
  package func append(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
      let taken = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if taken < 0 && errno == EINTR { continue }
      guard taken > 0 else { throw FileStore.failure("\(path) cannot be written") }
      written += taken
    }
    count += bytes.count
  }

  /// Puts the file under its name, also across a power cut.
  package func finish() throws {
    guard fsync(descriptor) == 0 else { throw FileStore.failure("\(path) cannot be written") }
    close(descriptor)
    descriptor = -1
    guard rename(partial, path) == 0 else {
      let failure = FileStore.failure("\(path) cannot be written")
      unlink(partial)
      throw failure
    }
  }
}
