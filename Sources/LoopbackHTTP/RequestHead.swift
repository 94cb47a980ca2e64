/// The first line and the header fields of a request.
package struct RequestHead: Sendable {
  /// The method in capitals, such as `GET`.
  package let method: String
  /// The path without the query, percent-decoded.
  package let path: String
  /// The query's parameters in order, decoded.
  package let query: [(name: String, value: String)]
  /// The header fields.
  package let headers: HeaderFields

  /// A head of its parts.
  package init(
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
  package func parameter(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }
}
