internal import OrderedJSON

/// Compares requests as far as they mean something to the service.
enum RequestDifference {
  /// Headers that change from run to run or from machine to machine.
  private static let ignored: Set<String> = [
    "x-server-timeout", "x-goog-api-key", "authorization", "x-goog-user-project", "accept",
    "user-agent",
  ]

  /// A request without what may differ: such headers, and the folder of a file that is sent.
  static func comparable(_ request: JSONValue) -> JSONValue {
    guard var object = request.object else { return request }
    let headers = object["headers"]?.object ?? [:]
    object["headers"] = .object(headers.removing { ignored.contains($0.lowercased()) })
    if var body = object["body"]?.object, let path = body["file"]?.string {
      body["file"] = .string(String(path.split(separator: "/").last ?? ""))
      object["body"] = .object(body)
    }
    return .object(object)
  }

  /// The first place where two requests differ, with both values, each cut at 80 characters.
  static func first(recorded: JSONValue, asked: JSONValue) -> String {
    let (place, left, right) = difference(recorded, asked, "") ?? ("", recorded, asked)
    return "at \(place.isEmpty ? "the top" : place) recorded \(shown(left)), asked \(shown(right))"
  }

  private static func difference(
    _ left: JSONValue?,
    _ right: JSONValue?,
    _ place: String
  )
    -> (String, JSONValue?, JSONValue?)?
  {
    guard left != right else { return nil }
    if let left = left?.object, let right = right?.object {
      let keys = left.keys + right.keys.filter { left[$0] == nil }
      return keys.lazy.compactMap { key in
        difference(left[key], right[key], place.isEmpty ? key : "\(place).\(key)")
      }.first
    }
    if let left = left?.array, let right = right?.array {
      return (0..<max(left.count, right.count)).lazy.compactMap { index in
        difference(
          left.indices.contains(index) ? left[index] : nil,
          right.indices.contains(index) ? right[index] : nil,
          "\(place)[\(index)]"
        )
      }.first
    }
    return (place, left, right)
  }

  private static func shown(_ value: JSONValue?) -> String {
    guard let text = value?.rendered() else { return "nothing" }
    return text.count > 80 ? "\(text.prefix(80))…" : text
  }
}
