import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// Acts with the rights of a user who owns nothing, where the test may change its user.
enum OtherUser {
  private typealias Change = @convention(c) (UInt32) -> Int32

  /// Runs the body as somebody else if the test runs as root, else as it is.
  ///
  /// Linux keeps the user for access to files by thread; the body must not leave it.
  static func act(_ body: () throws -> Void) throws {
    guard getuid() == 0 else { return try body() }
    guard let symbol = dlsym(nil, "setfsuid") else { return }
    let change = unsafeBitCast(symbol, to: Change.self)
    _ = change(65534)
    defer { _ = change(0) }
    try body()
  }
}
