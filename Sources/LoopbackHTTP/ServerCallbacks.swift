internal import CMicroHTTPD

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What libmicrohttpd calls with the target of a request before it takes the query apart.
typealias AddressCallback =
  @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
  UnsafeMutableRawPointer?

/// The most parameters of a query.
private let mostParameters = 1000

/// Stands for an exchange whose query has too many parameters.
private var tooManyParameters: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: 1) }

/// Notices a query with too many parameters and empties it: the parameters would use up the
/// connection's memory, and libmicrohttpd 0.9.75 then never answers.
func handleTarget(
  _ context: UnsafeMutableRawPointer?,
  _ target: UnsafePointer<CChar>?,
  _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let target, let mark = strchr(target, Int32(UInt8(ascii: "?"))) else { return nil }
  let query = mark + 1
  var count = 1
  var next = query
  while let separator = strchr(next, Int32(UInt8(ascii: "&"))) {
    count += 1
    next = separator + 1
  }
  guard count > mostParameters else { return nil }
  query.pointee = 0
  return tooManyParameters
}

/// libmicrohttpd's access handler: called for the head, for each piece of the body, when the
/// request is whole, and again when the connection wakes up with its answer.
func handleAccess(
  _ context: UnsafeMutableRawPointer?,
  _ connection: OpaquePointer?,
  _ path: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?,
  _ version: UnsafePointer<CChar>?,
  _ data: UnsafePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let path, let method, let size, let slot else { return .NO }
  let server = Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
  let handle = ConnectionHandle(pointer: connection)
  guard let known = slot.pointee, known != tooManyParameters else {
    let refusal = slot.pointee == nil ? nil : tooLong
    let head = readHead(handle, method: String(cString: method), path: String(cString: path))
    return open(head, on: handle, server: server, slot: slot, refusal: refusal)
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  if size.pointee > 0 {
    let bytes = UnsafeRawBufferPointer(start: data, count: size.pointee)
    size.pointee = 0
    return exchange.receive(bytes) ? .YES : .NO
  }
  if let reply = exchange.reply { return queue(reply, of: exchange, on: handle) }
  if !exchange.isStarted { start(exchange, on: handle, server: server) }
  return .YES
}

/// libmicrohttpd's completion callback: frees the exchange.
func handleCompletion(
  _ context: UnsafeMutableRawPointer?,
  _ connection: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ code: MHD_RequestTerminationCode
) {
  guard let slot, let known = slot.pointee else { return }
  slot.pointee = nil
  guard known != tooManyParameters else { return }
  Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue().close()
}

/// Decides about a new request.
private func open(
  _ head: RequestHead,
  on connection: ConnectionHandle,
  server: ServerContext,
  slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
  refusal: HTTPReply?
) -> MHD_Result {
  let refusal = refusal ?? (server.site.map { foreign(head, to: $0) } ?? foreign(head))
  let handling = refusal.map(BodyHandling.refuse) ?? server.handler.bodyHandling(for: head)
  let exchange = Exchange(
    head: head,
    handling: handling,
    socket: cmhd_socket(connection.pointer)
  )
  slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
  guard case .refuse(let reply) = handling else { return .YES }
  return queue(reply, of: exchange, on: connection)
}

/// Lets the connection rest and answers in a task.
private func start(_ exchange: Exchange, on connection: ConnectionHandle, server: ServerContext) {
  exchange.isStarted = true
  let request = exchange.takeRequest()
  MHD_suspend_connection(connection.pointer)
  let isRun = server.tasks.run {
    let reply = await server.handler.reply(to: request)
    exchange.client.release()
    exchange.reply = reply
    MHD_resume_connection(connection.pointer)
    if case .stream(_, let produce) = reply.body {
      await produce(exchange.writer)
      exchange.writer.finish()
    }
  }
  guard !isRun else { return }
  exchange.reply = stopping
  MHD_resume_connection(connection.pointer)
}

private let stopping = HTTPReply.text("This server is being stopped.\n", status: 503)

private let tooLong = HTTPReply.text(
  "A query has at most \(mostParameters) parameters here.\n",
  status: 414
)

/// Why a request is none of this machine's own, if it is not.
private func foreign(_ head: RequestHead) -> HTTPReply? {
  guard isLoopback(host: head.headers["Host"]) else { return foreignHost }
  guard let origin = head.headers["Origin"] else { return nil }
  return isLoopback(origin: origin) ? nil : foreignOrigin
}

/// Why a request is none of a site that a proxy serves, if it is not.
private func foreign(_ head: RequestHead, to site: String) -> HTTPReply? {
  guard let host = head.headers["Host"], site.hasSuffix("://" + host.lowercased()) else {
    return foreignSite
  }
  guard let origin = head.headers["Origin"] else { return nil }
  return origin.lowercased() == site ? nil : foreignOrigin
}

/// Whether an `Origin` field names a page that came from this machine's loopback.
func isLoopback(origin: String) -> Bool {
  guard let end = origin.firstRange(of: "://")?.upperBound else { return false }
  return isLoopback(host: String(origin[end...]))
}

private let foreignOrigin = HTTPReply.text(
  "This server answers no pages of other sites.\n",
  status: 403
)

private let foreignSite = HTTPReply.text(
  "This server answers under the name of its site only.\n",
  status: 403
)

private let foreignHost = HTTPReply.text(
  "This server answers on loopback names only (127.0.0.1, localhost, [::1]).\n",
  status: 403
)

/// Whether a `Host` field names this machine's loopback, with any port.
func isLoopback(host: String?) -> Bool {
  guard let host else { return false }
  let names = ["127.0.0.1", "localhost", "[::1]"]
  return names.contains { name in
    guard host.lowercased().hasPrefix(name) else { return false }
    let rest = host.dropFirst(name.count)
    return rest.isEmpty || (rest.first == ":" && UInt16(rest.dropFirst()) != nil)
  }
}

/// Collects the header fields and the query.
private func readHead(_ connection: ConnectionHandle, method: String, path: String) -> RequestHead {
  var headers = HeaderFields()
  headers.fields = values(connection, .HEADER_KIND)
  return RequestHead(
    method: method,
    path: path,
    query: values(connection, .GET_ARGUMENT_KIND),
    headers: headers
  )
}

private func values(
  _ connection: ConnectionHandle,
  _ kind: MHD_ValueKind
)
  -> [(name: String, value: String)]
{
  var found: [(name: String, value: String)] = []
  withUnsafeMutablePointer(to: &found) { found in
    _ = MHD_get_connection_values(
      connection.pointer,
      kind,
      { context, _, name, value in
        guard let name else { return .YES }
        context?.assumingMemoryBound(to: [(name: String, value: String)].self).pointee.append(
          (String(cString: name), value.map { String(cString: $0) } ?? "")
        )
        return .YES
      },
      found
    )
  }
  return found
}
