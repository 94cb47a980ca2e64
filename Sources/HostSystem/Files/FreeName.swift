#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Gives a finished file its name, unless the name is taken.
///
/// No single call does that everywhere: exFAT and many network shares know no hard links, NFS knows
/// no renaming without replacing.
package enum FreeName {
  /// One way to do it; the call gives 0 or a code of the system.
  package struct Way: Sendable {
    private let call: @Sendable (_ path: String, _ name: String) -> Int32

    /// A way of one's own.
    package init(_ call: @escaping @Sendable (_ path: String, _ name: String) -> Int32) {
      self.call = call
    }

    fileprivate func callAsFunction(_ path: String, _ name: String) -> Int32 { call(path, name) }
  }

  /// All ways, the best first.
  package static let ways: [Way] = [.renaming, .linking, .reserving]

  /// Moves a file to a name in the same folder.
  ///
  /// A way that a file system lacks fails with a code that differs from one to the next; so only
  /// that the name is taken, or the file gone, counts at once.
  ///
  /// - Returns: 0, or the code of the system: `EEXIST` when the name is taken.
  package static func move(_ path: String, to name: String, by ways: [Way] = ways) -> Int32 {
    var code = ENOTSUP
    for way in ways {
      code = way(path, name)
      if code == 0 || code == EEXIST || code == ENOENT { return code }
    }
    return code
  }
}

extension FreeName.Way {
  #if canImport(Darwin)
  /// Renames and replaces nothing, in one step.
  package static let renaming = Self { path, name in
    renamex_np(path, name, UInt32(RENAME_EXCL)) == 0 ? 0 : errno
  }
  #else
  /// Renames and replaces nothing, in one step; not every C library has it.
  package static let renaming = Self { path, name in
    guard let symbol = dlsym(nil, "renameat2") else { return ENOSYS }
    let call = unsafeBitCast(symbol, to: Call.self)
    return call(AT_FDCWD, path, AT_FDCWD, name, noReplacing) == 0 ? 0 : errno
  }

  private typealias Call =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

  /// `RENAME_NOREPLACE` of Linux.
  private static let noReplacing: UInt32 = 1
  #endif

  /// A second name, which must be free, and then the first one taken away.
  package static let linking = Self { path, name in
    guard link(path, name) == 0 else { return errno }
    unlink(path)
    return 0
  }

  /// An empty file takes the name, and is replaced by the whole one at once.
  package static let reserving = Self { path, name in
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return errno }
    close(descriptor)
    guard rename(path, name) == 0 else {
      let code = errno
      unlink(name)
      return code
    }
    return 0
  }
}
