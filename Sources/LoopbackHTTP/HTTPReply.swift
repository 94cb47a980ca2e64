/// The answer to a request.
package struct HTTPReply: Sendable {
  /// Where the body comes from.
  package enum Body: Sendable {
    /// Bytes at hand.
    case bytes([UInt8])
    /// Bytes written over time; `length` when known, else the body is sent in chunks.
    case stream(length: Int?, @Sendable (ResponseWriter) async -> Void)
    /// A part of a file.
    case file(path: String, offset: Int, length: Int)
    /// No answer at all: the connection is closed.
    case dropped
  }

  /// The status code.
  package var status: Int
  /// The header fields, without those the server adds itself (length, date, connection).
  package var headers: HeaderFields
  /// The body.
  package var body: Body

  /// A reply of its parts.
  package init(status: Int, headers: HeaderFields = [:], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A reply of text with its media type.
  package static func text(
    _ text: String,
    type: String = "text/plain; charset=utf-8",
    status: Int = 200
  )
    -> HTTPReply
  {
    HTTPReply(status: status, headers: ["Content-Type": type], body: .bytes(Array(text.utf8)))
  }
}
