internal import CMicroHTTPD
internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// An HTTP/1.1 server on 127.0.0.1 or a Unix socket, over libmicrohttpd.
///
/// Every request is answered by a task of its own while its connection rests, so that a handler may
/// wait without holding a thread. Requests whose `Host` is not a loopback name, or that of the site that
/// a proxy serves it as, are refused: a page in a browser cannot reach the server under a foreign name.
package final class LoopbackServer: Sendable {
  /// What a server may be told.
  package struct Options: Sendable {
    /// The port; 0 takes a free one.
    package var port: UInt16
    /// The path of a Unix socket to listen on in place of a port; its owner and their group may connect.
    package var socket: String?
    /// The origin that a reverse proxy serves this server as, `https://videos.example.org`; then it is the only one
    /// that is answered.
    package var site: String?
    /// Threads that serve connections.
    package var threads: Int
    /// Seconds after which a silent connection is closed; 0 never.
    package var idleSeconds: Int

    /// Options with their usual values.
    package init(
      port: UInt16 = 0,
      socket: String? = nil,
      site: String? = nil,
      threads: Int = 2,
      idleSeconds: Int = 120
    ) {
      self.port = port
      self.socket = socket
      self.site = site
      self.threads = threads
      self.idleSeconds = idleSeconds
    }
  }

  /// Why a server did not start.
  package struct StartError: Error, CustomStringConvertible {
    /// The port or the path asked for.
    package let place: String
    /// The system's reason.
    package let reason: String

    /// The place, the reason and a remedy.
    package var description: String {
      "cannot listen on \(place): \(reason); choose another, or port 0 for a free one"
    }
  }

  /// The port the server listens on; 0 where it listens on a socket.
  package let port: UInt16
  private let socket: UnixSocket?
  private let context: ServerContext
  private let daemon: Lock<ConnectionHandle?>

  /// The server's address on this machine, without a slash at the end.
  package var baseURL: String { socket.map { "unix:\($0.path)" } ?? "http://127.0.0.1:\(port)" }

  /// Starts listening.
  ///
  /// Also makes the process ignore `SIGPIPE`, as a client may leave in mid-answer.
  ///
  /// - Throws: ``StartError`` when the port or the socket cannot be had.
  package init(options: Options = Options(), handler: any RequestHandler) throws(StartError) {
    signal(SIGPIPE, SIG_IGN)
    let context = ServerContext(handler: handler, site: options.site)
    let socket = try options.socket.map { path throws(StartError) in try UnixSocket(path) }
    guard let started = startDaemon(options, socket, context) else {
      let reason = String(cString: strerror(errno))
      socket?.remove()
      throw StartError(place: options.socket ?? "127.0.0.1:\(options.port)", reason: reason)
    }
    self.context = context
    self.socket = socket
    port = cmhd_bound_port(started)
    daemon = Lock(ConnectionHandle(pointer: started))
  }

  /// Cancels the requests under way, waits until they have ended, and stops listening.
  ///
  /// Requests that still come meanwhile are refused. The daemon is not put at rest first: with
  /// several threads libmicrohttpd 0.9.75 may then take its listener from a queue twice, and ends the
  /// process over it.
  package func stop() async {
    let running = daemon.withLock { daemon in
      defer { daemon = nil }
      return daemon
    }
    guard let running else { return }
    await context.tasks.stop()
    // Nobody finds the socket any more before it is closed.
    socket?.remove()
    MHD_stop_daemon(running.pointer)
  }
}

/// What the server's callbacks share.
final class ServerContext: Sendable {
  let handler: any RequestHandler
  let site: String?
  let tasks = TaskRegister()

  init(handler: any RequestHandler, site: String?) {
    self.handler = handler
    self.site = site
  }
}

/// Starts libmicrohttpd; `nil` leaves the reason in `errno`.
private func startDaemon(
  _ options: LoopbackServer.Options,
  _ socket: UnixSocket?,
  _ context: ServerContext
)
  -> OpaquePointer?
{
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = options.port.bigEndian
  address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
  // The daemon keeps this reference until the process ends: a callback may come while it stops.
  let shared = Unmanaged.passRetained(context).toOpaque()
  let flags =
    MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
    | MHD_USE_ERROR_LOG.rawValue
  return withUnsafeMutablePointer(to: &address) { address in
    let place =
      socket.map {
        MHD_OptionItem(option: .LISTEN_SOCKET, value: Int($0.descriptor), ptr_value: nil)
      } ?? MHD_OptionItem(option: .SOCK_ADDR, value: 0, ptr_value: address)
    var items = daemonOptions(options, at: place)
    return cmhd_start(flags, handleAccess, shared, &items)
  }
}

private func daemonOptions(
  _ options: LoopbackServer.Options,
  at place: MHD_OptionItem
)
  -> [MHD_OptionItem]
{
  let completed: MHD_RequestCompletedCallback = handleCompletion
  let silent: MHD_LogCallback = { _, _, _ in }
  let target: AddressCallback = handleTarget
  return [
    MHD_OptionItem(
      option: .EXTERNAL_LOGGER,
      value: unsafeBitCast(silent, to: Int.self),
      ptr_value: nil
    ),
    place,
    MHD_OptionItem(option: .THREAD_POOL_SIZE, value: options.threads, ptr_value: nil),
    MHD_OptionItem(option: .CONNECTION_MEMORY_LIMIT, value: 1 << 18, ptr_value: nil),
    MHD_OptionItem(option: .CONNECTION_LIMIT, value: connectionLimit(), ptr_value: nil),
    MHD_OptionItem(
      option: .URI_LOG_CALLBACK,
      value: unsafeBitCast(target, to: Int.self),
      ptr_value: nil
    ),
    MHD_OptionItem(option: .CONNECTION_TIMEOUT, value: options.idleSeconds, ptr_value: nil),
    MHD_OptionItem(
      option: .NOTIFY_COMPLETED,
      value: unsafeBitCast(completed, to: Int.self),
      ptr_value: nil
    ),
    MHD_OptionItem(option: .END, value: 0, ptr_value: nil),
  ]
}

/// How many connections may be open at a time: a browser that forgets to close some, or a program
/// that hoards them, leaves room for others.
private func connectionLimit() -> Int {
  let most = 8192
  // For the store, the files that are played, and all else that is open.
  let reserve = 128
  let files = Int(clamping: cmhd_allow_open_files(UInt64(most + reserve)))
  return max(files / 2, min(most, files - reserve))
}
