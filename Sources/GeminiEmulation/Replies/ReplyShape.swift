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
  ///
  /// - Throws: What the service says of a schema that allows too much.
  init(schema: JSONValue) throws(ServiceError) {
    var places = Self.mostPlaces
    self = try ReplyShape.read(schema, root: schema, depth: 0, &places)
  }

  /// Places of values at most: a schema that refers to itself in two places grows by powers of two.
  private static let mostPlaces = 10_000
  /// The most elements a schema may ask of a list.
  private static let mostElements = 100_000

  /// Nesting followed at most, so that a schema that refers to itself ends.
  private static let maximumDepth = 24

  private static func read(
    _ schema: JSONValue,
    root: JSONValue,
    depth: Int,
    _ places: inout Int
  ) throws(ServiceError) -> ReplyShape {
    places -= 1
    guard places > 0 else {
      throw .invalid(
        "The specified schema produces a constraint that has too many states for serving."
      )
    }
    guard depth < maximumDepth else { return .string }
    if let target = schema["$ref"]?.string.flatMap({ resolve($0, root) }) {
      return try read(target, root: root, depth: depth + 1, &places)
    }
    if let options = (schema["anyOf"] ?? schema["any_of"] ?? schema["oneOf"])?.array,
      let option = options.first(where: { type(of: $0) != "NULL" })
    {
      return try read(option, root: root, depth: depth + 1, &places)
    }
    if let values = schema["enum"]?.array, type(of: schema) == "STRING" || schema["type"] == nil {
      return .enumeration(values.compactMap(\.string))
    }
    switch type(of: schema) {
    case "OBJECT":
      return .object(try properties(of: schema, root: root, depth: depth, &places))
    case "ARRAY":
      let items = try schema["items"].map { schema throws(ServiceError) in
        try read(schema, root: root, depth: depth + 1, &places)
      }
      return .array(
        items ?? .string,
        minimum: try count(schema, "minItems") ?? 0,
        maximum: try count(schema, "maxItems")
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
    depth: Int,
    _ places: inout Int
  ) throws(ServiceError) -> [(name: String, shape: ReplyShape)] {
    let properties = schema["properties"]?.object ?? JSONObject()
    let ordering = (schema["propertyOrdering"] ?? schema["property_ordering"])?.array ?? []
    let named = ordering.compactMap(\.string).filter { properties[$0] != nil }
    let rest = properties.keys.filter { !named.contains($0) }
    var members: [(name: String, shape: ReplyShape)] = []
    for name in named + rest {
      let schema = properties[name] ?? .null
      members.append((name, try read(schema, root: root, depth: depth + 1, &places)))
    }
    return members
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

  private static func count(_ schema: JSONValue, _ key: String) throws(ServiceError) -> Int? {
    let value = schema[key] ?? schema[key.snakeCased]
    guard let count = value?.int ?? value?.string.flatMap({ Int($0) }) else { return nil }
    let isMinimum = key == "minItems"
    guard count >= 0, !isMinimum || count <= mostElements else {
      throw .invalid(
        "* GenerateContentRequest.generation_config.response_schema: \(key.snakeCased) must be in "
          + "the range [0, \(mostElements)].\n"
      )
    }
    return count
  }
}
