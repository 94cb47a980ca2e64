public import OrderedJSON

/// A message: who says it, and its parts.
public struct Content: Hashable, Sendable {
  /// `user` or `model`; `nil` for a system instruction.
  public var role: String?
  /// The pieces in order.
  public var parts: [Part]

  /// A message.
  public init(role: String? = "user", parts: [Part]) {
    self.role = role
    self.parts = parts
  }

  /// Reads a message; anything that is none of its known members is passed over.
  public init(json: JSONValue) { self.init(WireObject(json) ?? WireObject(JSONObject())) }

  init(_ wire: WireObject) {
    self.init(role: wire.string("role"), parts: wire.list("parts", Part.init))
  }

  /// The message as the wire writes it.
  public var json: JSONValue {
    var object = JSONObject()
    object["role"] = role.map { .string($0) }
    object["parts"] = .array(parts.map(\.json))
    return .object(object)
  }
}
