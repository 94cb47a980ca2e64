/// A request whose body has arrived.
package struct IncomingRequest: Sendable {
  /// The first line and the header fields.
  package let head: RequestHead
  /// The body, as far as it was collected in memory.
  package let body: [UInt8]
  /// The bytes of the whole body; more than `body.count` when it went over the limit or to a sink.
  package let bodyLength: Int
  /// Where the body went instead of memory.
  package let sink: (any BodySink)?
  /// The connection to the client.
  package let client: ClientConnection

  /// Whether the body was larger than the handler allowed, so that `body` holds only its start.
  package var isBodyCut: Bool { sink == nil && bodyLength > body.count }
}

/// What is to happen to the body of a request.
package enum BodyHandling: Sendable {
  /// Collect up to this many bytes in memory; bytes beyond are counted and dropped.
  case collect(limit: Int)
  /// Hand every piece to the sink as it arrives.
  case stream(any BodySink)
  /// Answer at once and close, without reading the body.
  case refuse(HTTPReply)
}

/// Takes a body in pieces, on the server's own thread.
package protocol BodySink: Sendable {
  /// Takes the next bytes; `false` closes the connection without an answer.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// Called when the connection was lost before the body was complete.
  func abandon()
}

/// Answers requests.
package protocol RequestHandler: Sendable {
  /// Says, before the body is read, what is to happen to it; must not block.
  func bodyHandling(for head: RequestHead) -> BodyHandling
  /// Answers a request whose body has arrived.
  func reply(to request: IncomingRequest) async -> HTTPReply
}
