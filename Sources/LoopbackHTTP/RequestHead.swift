/// The first line and the header fields of a request.
public struct RequestHead: Sendable {
  /// The method in capitals, such as `GET`.
  public let method: String
  /// The path without the query, percent-decoded.
  public let path: String
  /// The query's parameters in order, decoded.
  public let query: [(name: String, value: String)]
  /// The header fields.
  public let headers: HeaderFields

  /// A head of its parts.
  public init(
    method: String,
    path: String,
    query: [(name: String, value: String)] = [],
    headers: HeaderFields = [:]
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
  }

  /// The first value of a query parameter.
  public func parameter(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }
}
