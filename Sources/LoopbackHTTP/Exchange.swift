internal import CMicroHTTPD
internal import HostSystem

/// One request and its answer.
///
/// The server's thread alone touches the body; the answer comes from a task and is locked.
final class Exchange: @unchecked Sendable {
  let head: RequestHead
  let writer = ResponseWriter()
  let client: ClientConnection
  var isStarted = false
  private let handling: BodyHandling
  private var body: [UInt8] = []
  private var bodyLength = 0
  private var isBodyWhole = false
  private let answer = Lock<HTTPReply?>(nil)

  init(head: RequestHead, handling: BodyHandling, socket: Int32?) {
    self.head = head
    self.handling = handling
    client = ClientConnection(socket: socket)
    if case .collect = handling, let length = head.headers["Content-Length"].flatMap({ Int($0) }) {
      body.reserveCapacity(min(max(0, length), 1 << 20))
    }
  }

  /// The answer, once there is one.
  var reply: HTTPReply? {
    get { answer.withLock { $0 } }
    set { answer.withLock { $0 = newValue } }
  }

  /// Takes a piece of the body; `false` asks for the connection to be closed.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bodyLength += bytes.count
    switch handling {
    case .collect(let limit):
      body.append(contentsOf: bytes.prefix(max(0, limit - body.count)))
      return true
    case .stream(let sink): return sink.receive(bytes)
    case .refuse: return true
    }
  }

  /// The whole request; its body is moved out.
  func takeRequest() -> IncomingRequest {
    isBodyWhole = true
    defer { body = [] }
    var sink: (any BodySink)?
    if case .stream(let given) = handling { sink = given }
    return IncomingRequest(
      head: head,
      body: body,
      bodyLength: bodyLength,
      sink: sink,
      client: client
    )
  }

  /// The connection is done with this exchange, for better or worse.
  func close() {
    client.release()
    writer.close()
    if !isBodyWhole, case .stream(let sink) = handling { sink.abandon() }
  }
}
