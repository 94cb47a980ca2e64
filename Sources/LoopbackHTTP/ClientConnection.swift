internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The connection a request came on, while its answer is being prepared.
package final class ClientConnection: Sendable {
  private let socket: Lock<Int32?>

  init(socket: Int32?) { self.socket = Lock(socket) }

  /// Whether the client has closed its side; `false` once the answer is under way.
  ///
  /// A server that waits is not told: whoever waits long has to look.
  package var isClosedByClient: Bool {
    socket.withLock { socket in
      guard let socket else { return false }
      var byte: UInt8 = 0
      return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0
    }
  }

  /// Ends the watch: the socket's number may be used anew from now on.
  func release() { socket.withLock { $0 = nil } }
}
