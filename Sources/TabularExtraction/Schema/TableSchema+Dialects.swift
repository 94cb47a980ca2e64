public import OrderedJSON

extension TableSchema {
  /// The schema for `responseJsonSchema`: without our keywords and those the API does not know.
  public var responseJSONSchema: JSONValue { JSONSchemaDialect().rewritten(source) }

  /// The schema for `responseSchema`: types in capitals, `nullable`, counts as strings.
  public var responseSchema: JSONValue { OpenAPIDialect().rewritten(source) }
}

/// One of the API's two ways to write a schema.
private protocol SchemaDialect {
  /// Adds a keyword of a schema as the dialect writes it, or leaves it out.
  func write(_ key: String, _ value: JSONValue, of schema: JSONObject, to result: inout JSONObject)
}

extension SchemaDialect {
  /// The schema in this dialect; values that are no objects stay as they are.
  func rewritten(_ schema: JSONValue) -> JSONValue {
    guard let object = schema.object else { return schema }
    var result = JSONObject()
    for (key, value) in object.members { write(key, value, of: object, to: &result) }
    return .object(result)
  }

  func rewrittenProperties(_ properties: JSONValue) -> JSONValue {
    guard let object = properties.object else { return properties }
    return .object(
      JSONObject(uniqueMembers: object.members.map { ($0.key, rewritten($0.value)) })
    )
  }
}

/// JSON Schema as `responseJsonSchema` takes it.
///
/// The keywords are those of the Generative Language API's discovery document of 2026-08-31.
private struct JSONSchemaDialect: SchemaDialect {
  static let known: Set<String> = [
    "format", "title", "description", "enum", "minItems", "maxItems", "minimum", "maximum",
    "additionalProperties", "required", "propertyOrdering",
  ]

  func write(_ key: String, _ value: JSONValue, of schema: JSONObject, to result: inout JSONObject)
  {
    switch key {
    case "type": result["type"] = type(value, isNullable: schema["nullable"]?.bool == true)
    case "properties": result["properties"] = rewrittenProperties(value)
    case "items": result["items"] = rewritten(value)
    case "const": result["enum"] = .array([value])
    default: if Self.known.contains(key) { result[key] = value }
    }
  }

  /// The types in lower case; `nullable`, which JSON Schema lacks, becomes the type `null`.
  private func type(_ value: JSONValue, isNullable: Bool) -> JSONValue {
    var names = (value.array ?? [value]).compactMap { $0.string?.lowercased() }
    if isNullable, !names.contains("null") { names.append("null") }
    return names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) })
  }
}

/// The subset of OpenAPI that `responseSchema` takes; source as for `JSONSchemaDialect`.
private struct OpenAPIDialect: SchemaDialect {
  static let known: Set<String> = [
    "format", "title", "description", "nullable", "enum", "required", "pattern", "minimum",
    "maximum", "propertyOrdering", "default", "example",
  ]
  /// Counts are `int64`, which JSON on this wire writes as strings.
  static let counts: Set<String> = [
    "minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength",
  ]

  func write(_ key: String, _ value: JSONValue, of schema: JSONObject, to result: inout JSONObject)
  {
    switch key {
    case "type": writeType(value, to: &result)
    case "properties":
      result["properties"] = rewrittenProperties(value)
      if schema["propertyOrdering"] == nil, let keys = value.object?.keys, keys.count > 1 {
        result["propertyOrdering"] = .array(keys.map { .string($0) })
      }
    case "items": result["items"] = rewritten(value)
    case "const": result["enum"] = .array([value])
    case _ where Self.counts.contains(key): result[key] = value.int.map { .string(String($0)) }
    default: if Self.known.contains(key) { result[key] = value }
    }
  }

  private func writeType(_ value: JSONValue, to result: inout JSONObject) {
    let names = (value.array ?? [value]).compactMap { $0.string?.uppercased() }
    result["type"] = names.first { $0 != "NULL" }.map { .string($0) }
    if names.contains("NULL") { result["nullable"] = true }
  }
}
