public import OrderedJSON

extension HTTPRequest {
  /// The request as one would show it: secrets redacted, a JSON body as JSON, other bytes by size.
  public var redactedJSON: JSONValue {
    var object: JSONObject = ["method": .string(method), "url": .string(Redaction.url(url))]
    object["headers"] = .object(
      JSONObject(headers.redacted.fields.map { ($0.name, JSONValue($0.value)) })
    )
    object["body"] = bodyJSON
    return .object(object)
  }

  private var bodyJSON: JSONValue? {
    switch body {
    case .none: return nil
    case .bytes(let bytes):
      if let value = try? JSONValue(parsing: bytes) { return Redaction.json(value) }
      guard headers["Content-Type"] != "application/x-www-form-urlencoded" else {
        return .string(Redaction.placeholder)
      }
      return ["bytes": JSONValue(bytes.count)]
    case .file(let range):
      return [
        "file": .string(range.path), "offset": JSONValue(range.offset),
        "bytes": JSONValue(range.length),
      ]
    }
  }
}
