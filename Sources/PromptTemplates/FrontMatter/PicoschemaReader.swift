public import OrderedJSON
internal import YAMLDocuments

/// Finds a JSON Schema by its name; `nil` when there is none.
public typealias SchemaResolver = @Sendable (_ name: String) throws -> JSONValue?

/// Turns Picoschema, the short notation of Dotprompt, into JSON Schema.
///
/// What is JSON Schema already (it has a known `type`, or `properties`) is taken as it is. A word
/// that is no scalar type names a schema, which the resolver finds.
struct PicoschemaReader {
  typealias Fault = (_ message: String, _ code: PromptError.Code, _ mark: YAMLMark) -> PromptError

  static let scalarTypes: Set<String> = ["any", "boolean", "integer", "null", "number", "string"]
  private static let types = scalarTypes.union(["object", "array"])

  let schemas: SchemaResolver
  let fault: Fault

  /// The JSON Schema of a `schema` key; `nil` for one without a value.
  func schema(_ node: YAMLNode) throws(PromptError) -> JSONValue? {
    if case .scalar(.null) = node.content { return nil }
    if let members = node.json.object {
      if let type = members["type"]?.string, Self.types.contains(type) { return .object(members) }
      if members["properties"]?.object != nil {
        var schema = members
        schema["type"] = "object"
        return .object(schema)
      }
    }
    return try value(node)
  }

  private func value(_ node: YAMLNode) throws(PromptError) -> JSONValue {
    switch node.content {
    case .scalar(.string(let text)): return try scalar(text, at: node.mark)
    case .scalar(.null): return try scalar("null", at: node.mark)
    case .mapping(let entries): return try object(entries)
    default:
      throw fault("a schema is made of words and objects", .frontMatter, node.mark)
    }
  }

  private func scalar(_ text: String, at mark: YAMLMark) throws(PromptError) -> JSONValue {
    let (type, description) = Self.divided(text)
    var schema = JSONObject()
    if !Self.scalarTypes.contains(type) {
      schema = try named(type, at: mark)
    } else if type != "any" {
      schema["type"] = .string(type)
    }
    if let description { schema["description"] = .string(description) }
    return .object(schema)
  }

  private func named(_ name: String, at mark: YAMLMark) throws(PromptError) -> JSONObject {
    let found: JSONValue?
    do {
      found = try schemas(name)
    } catch {
      throw fault("the schema \(name) cannot be read: \(error)", .unknownSchema, mark)
    }
    guard let schema = found?.object else {
      throw fault("no schema has the name \(name)", .unknownSchema, mark)
    }
    return schema
  }

  private func object(_ entries: [YAMLNode.Entry]) throws(PromptError) -> JSONValue {
    var properties = JSONObject()
    var required: [JSONValue] = []
    var additional: JSONValue = false
    for entry in entries {
      if entry.key == "(*)" {
        additional = try value(entry.value)
        continue
      }
      let key = PicoschemaKey(entry.key)
      if !key.isOptional { required.append(.string(key.name)) }
      properties[key.name] = try property(key, entry)
    }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required) }
    schema["additionalProperties"] = additional
    return .object(schema)
  }

  private func property(
    _ key: PicoschemaKey,
    _ entry: YAMLNode.Entry
  ) throws(PromptError)
    -> JSONValue
  {
    var schema: JSONObject
    switch key.type {
    case nil, "object": schema = try value(entry.value).object ?? JSONObject()
    case "array": schema = ["type": "array", "items": try value(entry.value)]
    case "enum": schema = ["enum": .array(try choices(key, entry))]
    case let type?:
      throw fault("(\(type)) must be (array), (object) or (enum)", .frontMatter, entry.mark)
    }
    if key.isOptional, let type = schema["type"]?.string {
      schema["type"] = [.string(type), "null"]
    }
    if let description = key.description { schema["description"] = .string(description) }
    return .object(schema)
  }

  private func choices(
    _ key: PicoschemaKey,
    _ entry: YAMLNode.Entry
  ) throws(PromptError)
    -> [JSONValue]
  {
    guard let choices = entry.value.json.array else {
      throw fault("an enum needs a list of its values", .frontMatter, entry.value.mark)
    }
    return key.isOptional && !choices.contains(.null) ? choices + [.null] : choices
  }

  /// A notation divided at its first comma into the type and a description that is not empty.
  static func divided(_ text: some StringProtocol) -> (type: String, description: String?) {
    guard let comma = text.firstIndex(of: ",") else { return (trimmed(text), nil) }
    let description = trimmed(text[text.index(after: comma)...])
    return (trimmed(text[..<comma]), description.isEmpty ? nil : description)
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}

/// A property's key in Picoschema: `name`, `name?`, `name(type)` or `name?(type, description)`.
struct PicoschemaKey {
  let name: String
  let isOptional: Bool
  let type: String?
  let description: String?

  init(_ key: String) {
    let parenthesis = key.firstIndex(of: "(") ?? key.endIndex
    let name = PicoschemaReader.trimmed(key[..<parenthesis])
    isOptional = name.hasSuffix("?")
    self.name = isOptional ? String(name.dropLast()) : name
    let inner = key[parenthesis...].dropFirst()
    let closed = inner.hasSuffix(")") ? inner.dropLast() : inner
    (type, description) = closed.isEmpty ? (nil, nil) : PicoschemaReader.divided(closed)
  }
}
