#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A Unix socket that is listened on: its owner and their group may connect, nobody else.
struct UnixSocket: Sendable {
  let path: String
  let descriptor: Int32

  /// Makes the socket, in place of one that a server left behind that is not there any more.
  init(_ path: String) throws(LoopbackServer.StartError) {
    self.path = path
    guard var address = Self.address(path) else {
      throw .init(place: path, reason: "a path of a socket has at most \(Self.longest) bytes")
    }
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Self.failure(path) }
    if Self.isLeftBehind(path, &address) { unlink(path) }
    // Nobody can connect before it is listened on, so that its rights are narrow from the start.
    guard Self.call(bind, descriptor, &address) == 0, chmod(path, 0o660) == 0,
      listen(descriptor, 128) == 0
    else {
      let failure = Self.failure(path)
      close(descriptor)
      throw failure
    }
  }

  /// Takes the path away; whoever was given the descriptor closes it.
  func remove() { unlink(path) }

  private static let longest = 107

  private static func failure(_ path: String) -> LoopbackServer.StartError {
    let reason =
      errno == EADDRINUSE
      ? "it is there, and listened on or no socket" : String(cString: strerror(errno))
    return .init(place: path, reason: reason)
  }

  private static func address(_ path: String) -> sockaddr_un? {
    guard path.utf8.count <= longest, !path.utf8.contains(0) else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return address
  }

  /// Whether a path is a socket that nobody listens on.
  private static func isLeftBehind(_ path: String, _ address: inout sockaddr_un) -> Bool {
    var facts = stat()
    guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFSOCK else { return false }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(probe) }
    return call(connect, probe, &address) != 0 && errno == ECONNREFUSED
  }

  private static func call(
    _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32,
    _ descriptor: Int32,
    _ address: inout sockaddr_un
  ) -> Int32 {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
