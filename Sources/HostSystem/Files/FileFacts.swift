#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What the system knows of a file.
package struct FileFacts: Hashable, Sendable {
  /// The length in bytes.
  package let size: Int
  /// When it was last written, in nanoseconds since 1970.
  package let modified: Int

  /// Looks at a file that this process may read; `nil` when what is there is no file.
  package init?(readable path: String) throws(SystemFailure) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw .last("read", path) }
    guard facts.st_mode & S_IFMT == S_IFREG else { return nil }
    guard access(path, R_OK) == 0 else { throw .last("read", path) }
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
}
