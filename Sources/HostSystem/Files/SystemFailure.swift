#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A system call on a file that failed.
package struct SystemFailure: Error, Hashable, CustomStringConvertible {
  /// What was tried, as a verb: "read".
  package let verb: String
  /// The path as it was given.
  package let path: String
  /// The code of the system, an `errno`.
  package let code: Int32

  /// A failure with a code of the system.
  package init(verb: String, path: String, code: Int32) {
    self.verb = verb
    self.path = path
    self.code = code
  }

  /// The failure that the system has just reported.
  package static func last(_ verb: String, _ path: String) -> SystemFailure {
    SystemFailure(verb: verb, path: path, code: errno)
  }

  /// The code in words, such as "Permission denied".
  package var reason: String {
    switch code {
    case Self.inUse: "another process is at work on it"
    case Self.isPipe: "it is a pipe, not a file"
    default: String(cString: strerror(code))
    }
  }

  /// The code of a file that another process is at work on.
  package static var inUse: Int32 { EWOULDBLOCK }

  /// The code of a pipe where a file is due.
  package static var isPipe: Int32 { ESPIPE }

  /// What a caller may want to tell apart.
  package enum Cause: Hashable, Sendable {
    /// Nothing is there.
    case missing
    /// The name is taken.
    case taken
    /// The permissions or the file system do not allow it.
    case forbidden
    /// There is no room left, or none for this user.
    case full
    case other
  }

  /// What a caller may want to tell apart.
  package var cause: Cause {
    switch code {
    case ENOENT, ENOTDIR: .missing
    case EEXIST: .taken
    case EROFS, EACCES, EPERM: .forbidden
    case ENOSPC, EDQUOT: .full
    default: .other
    }
  }

  /// Whether nothing is there.
  package var isMissing: Bool { cause == .missing }

  /// The failure in a sentence's words.
  package var description: String { "could not \(verb) \(path): \(reason)" }
}
