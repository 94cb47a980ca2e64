internal import Digests

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file being filled, with the digest of what is in it.
final class SpoolFile {
  let path: String
  private(set) var size = 0
  private let descriptor: Int32
  private var hash = SHA256()

  /// Makes the file anew; `nil` when it cannot be.
  init?(path: String) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    self.path = path
  }

  deinit { close(descriptor) }

  /// Appends bytes; `false` when the disk is full.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = pwrite(
        descriptor,
        bytes.baseAddress?.advanced(by: written),
        bytes.count - written,
        off_t(size + written)
      )
      guard count > 0 else { return false }
      written += count
    }
    hash.update(bytes)
    size += bytes.count
    return true
  }

  /// Cuts the file back to a length.
  func truncate(to length: Int) {
    guard length < size else { return }
    ftruncate(descriptor, off_t(length))
    size = 0
    hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while size < length {
      let count = buffer.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, min($0.count, length - size), off_t(size))
      }
      guard count > 0 else { return }
      hash.update(buffer[..<count])
      size += count
    }
  }

  /// The digest of the whole file as 64 digits; call once, at the end.
  func digest() -> String { SHA256.hexadecimal(hash.finalize()) }
}
