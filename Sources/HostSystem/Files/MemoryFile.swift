internal import CMemory

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that is on no disk, and gone when nothing refers to it any more.
///
/// It takes memory only where something was written.
package final class MemoryFile: Sendable {
  private let descriptor: Int32

  /// The path by which this process, and others of the user while this one runs, can read it.
  package var path: String { "/proc/\(getpid())/fd/\(descriptor)" }

  /// A file of a length, full of zeros.
  ///
  /// - Throws: `SystemFailure` where the system has no such files.
  package init(size: Int) throws(SystemFailure) {
    descriptor = cmemory_file("tabscribe")
    guard descriptor >= 0 else { throw .last("make", "a file in memory") }
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      let failure = SystemFailure.last("make", "a file in memory")
      close(descriptor)
      throw failure
    }
  }

  deinit { close(descriptor) }

  /// Writes bytes at a place, all of them.
  package func write(_ bytes: [UInt8], at offset: Int) throws(SystemFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        pwrite(
          descriptor,
          raw.baseAddress.map { $0 + done },
          raw.count - done,
          off_t(offset + done)
        )
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last("write", "a file in memory") }
      done += count
    }
  }
}
