internal import OrderedJSON

/// The form an answer has to have, read from a response schema of either kind.
indirect enum ReplyShape: Sendable {
  case object([(name: String, shape: ReplyShape)])
  case array(ReplyShape, minimum: Int, maximum: Int?)
  case string
  case enumeration([String])
  case integer(minimum: Int?)
  case number
  case bool

  /// Reads a schema: types in capitals or not, either spelling of names, `$ref` into `$defs`.
  init(schema: JSONValue) {
    self = ReplyShape.read(schema, root: schema, depth: 0)
  }

  /// Nesting followed at most, so that a schema that refers to itself ends.
  private static let maximumDepth = 24

  private static func read(_ schema: JSONValue, root: JSONValue, depth: Int) -> ReplyShape {
    guard depth < maximumDepth else { return .string }
    if let target = schema["$ref"]?.string.flatMap({ resolve($0, root) }) {
      return read(target, root: root, depth: depth + 1)
    }
    if let options = (schema["anyOf"] ?? schema["any_of"] ?? schema["oneOf"])?.array,
      let option = options.first(where: { type(of: $0) != "NULL" })
    {
      return read(option, root: root, depth: depth + 1)
    }
    if let values = schema["enum"]?.array, type(of: schema) == "STRING" || schema["type"] == nil {
      return .enumeration(values.compactMap(\.string))
    }
    switch type(of: schema) {
    case "OBJECT": return .object(properties(of: schema, root: root, depth: depth))
    case "ARRAY":
      let items = schema["items"].map { read($0, root: root, depth: depth + 1) } ?? .string
      return .array(
        items,
        minimum: count(schema, "minItems") ?? 0,
        maximum: count(schema, "maxItems")
      )
    case "INTEGER": return .integer(minimum: schema["minimum"]?.int)
    case "NUMBER": return .number
    case "BOOLEAN": return .bool
    default: return .string
    }
  }

  /// Properties in `propertyOrdering`'s order where there is one, else as written.
  private static func properties(
    of schema: JSONValue,
    root: JSONValue,
    depth: Int
  )
    -> [(name: String, shape: ReplyShape)]
  {
    let properties = schema["properties"]?.object ?? JSONObject()
    let ordering = (schema["propertyOrdering"] ?? schema["property_ordering"])?.array ?? []
    let named = ordering.compactMap(\.string).filter { properties[$0] != nil }
    let rest = properties.keys.filter { !named.contains($0) }
    return (named + rest).map { name in
      (name, read(properties[name] ?? .null, root: root, depth: depth + 1))
    }
  }

  private static func type(of schema: JSONValue) -> String {
    // JSON Schema may list several types: `["string", "null"]`.
    let names = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? ""]
    let name = names.first { $0.lowercased() != "null" } ?? names.first ?? ""
    if name.isEmpty, schema["properties"] != nil { return "OBJECT" }
    return name.uppercased()
  }

  private static func resolve(_ reference: String, _ root: JSONValue) -> JSONValue? {
    guard reference.hasPrefix("#") else { return nil }
    return reference.dropFirst().split(separator: "/").reduce(root) { $0?[String($1)] }
  }

  private static func count(_ schema: JSONValue, _ key: String) -> Int? {
    let value = schema[key] ?? schema[key.snakeCased]
    return value?.int ?? value?.string.flatMap { Int($0) }
  }
}
