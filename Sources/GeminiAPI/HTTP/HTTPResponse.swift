/// The status and headers of a response, and its body to be read.
public struct HTTPResponse: Sendable {
  /// The status code, such as 200.
  public var status: Int
  /// The header fields.
  public var headers: HTTPHeaders
  /// The body; read it to the end or drop it.
  public var body: HTTPBody

  /// A response.
  public init(status: Int, headers: HTTPHeaders = [:], body: HTTPBody = HTTPBody()) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
