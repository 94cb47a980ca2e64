#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A system call on a file that failed.
struct SystemFailure: Error, Hashable {
  /// What was tried, as a verb: "read".
  let verb: String
  let path: String
  let code: Int32

  /// The failure that the system has just reported.
  static func last(_ verb: String, _ path: String) -> SystemFailure {
    SystemFailure(verb: verb, path: path, code: errno)
  }

  /// The code in words, such as "Permission denied".
  var reason: String {
    switch code {
    case Self.inUse: "another process is at work on it"
    case Self.isPipe: "it is a pipe, not a file"
    default: String(cString: strerror(code))
    }
  }

  /// The code of a file that another process is at work on.
  static var inUse: Int32 { EWOULDBLOCK }

  /// The code of a pipe where a file is due.
  static var isPipe: Int32 { ESPIPE }

  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}
