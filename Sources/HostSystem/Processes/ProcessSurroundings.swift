#if canImport(Glibc)
// The C library declares `environ` as a variable that anybody may change.
@preconcurrency internal import Glibc
#elseif canImport(Musl)
@preconcurrency internal import Musl
#else
@preconcurrency internal import Darwin
#endif

/// What this process was started with.
package enum ProcessSurroundings {
  /// The variables of the environment; of a name that stands twice the last one.
  package static var environment: [String: String] {
    var environment: [String: String] = [:]
    var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let line = entry?.pointee {
      let text = String(cString: line)
      if let sign = text.firstIndex(of: "=") {
        environment[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      entry = entry?.advanced(by: 1)
    }
    return environment
  }

  /// The absolute path of the working folder; `.` when it is gone.
  package static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// A path that this program can be started again by, also when its file has been replaced; `nil` where the
  /// system has none.
  package static var program: String? {
    // For whoever opens it, this is the program that does.
    let path = "/proc/self/exe"
    return access(path, X_OK) == 0 ? path : nil
  }
}
