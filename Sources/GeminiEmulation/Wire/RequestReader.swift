internal import OrderedJSON

/// Reads a request by its message: both spellings of a name are taken, anything unknown is an error.
///
/// The result spells every name in camelCase. Errors are collected, as the service lists them all.
struct RequestReader {
  /// One fault of a request.
  struct Violation: Hashable {
    let field: String
    let description: String
  }

  /// Faults reported at most; a hostile request must not make a long answer.
  static let maximumViolations = 20

  let schema: WireSchema
  let backend: Backend
  private(set) var violations: [Violation] = []

  init(schema: WireSchema = .requests, backend: Backend) {
    self.schema = schema
    self.backend = backend
  }

  /// Reads a body as a message.
  ///
  /// - Throws: ``ServiceError`` with every fault found.
  static func read(
    _ value: JSONValue,
    as message: String,
    backend: Backend,
    schema: WireSchema = .requests
  ) throws(ServiceError) -> JSONObject {
    var reader = RequestReader(schema: schema, backend: backend)
    let result = reader.message(value, reader.schema.message(message), at: "")
    guard reader.violations.isEmpty, let object = result.object else {
      throw ServiceError.badRequest(violations: reader.violations)
    }
    return object
  }

  private mutating func message(
    _ value: JSONValue,
    _ message: WireMessage,
    at path: String
  )
    -> JSONValue
  {
    guard let object = value.object else {
      return refuse(value, "type.googleapis.com/google.ai.generativelanguage.\(message.name)", path)
    }
    var members: [(key: String, value: JSONValue)] = []
    for (key, value) in object.members {
      guard let field = message.field(key, for: backend) else {
        unknown(key, at: path)
        continue
      }
      let inner = path.isEmpty ? field.name.snakeCased : path + "." + field.name.snakeCased
      if value.isNull, !field.type.takesNull { continue }
      members.append((field.name, read(value, field.type, at: inner)))
    }
    return .object(JSONObject(uniqueMembers: members))
  }

  private mutating func read(_ value: JSONValue, _ type: WireType, at path: String) -> JSONValue {
    switch type {
    case .any: return value
    case .structure: return value.object == nil ? refuse(value, "Struct", path) : value
    case .message(let name): return message(value, schema.message(name), at: path)
    case .list(let element): return list(value, of: element, at: path)
    case .map(let element): return map(value, of: element, at: path)
    case .enumeration(let enumeration): return name(value, enumeration, at: path)
    default: return scalar(value, type, at: path)
    }
  }

  private mutating func list(_ value: JSONValue, of element: WireType, at path: String) -> JSONValue
  {
    // The service takes a single value where a list is due.
    let elements = value.array ?? [value]
    var result: [JSONValue] = []
    result.reserveCapacity(elements.count)
    for (index, value) in elements.enumerated() {
      result.append(read(value, element, at: path + "[\(index)]"))
    }
    return .array(result)
  }

  private mutating func map(_ value: JSONValue, of element: WireType, at path: String) -> JSONValue
  {
    guard let object = value.object else { return refuse(value, "Map", path) }
    var members: [(key: String, value: JSONValue)] = []
    for (key, value) in object.members {
      members.append((key, read(value, element, at: path + "[\(key)].value")))
    }
    return .object(JSONObject(uniqueMembers: members))
  }

  private mutating func name(
    _ value: JSONValue,
    _ type: WireEnumeration,
    at path: String
  )
    -> JSONValue
  {
    if let number = value.int, type.values.indices.contains(number) {
      return .string(type.values[number])
    }
    if let text = value.string {
      if type.values.contains(text) { return value }
      let upper = text.uppercased()
      if type.ignoresCase, type.values.contains(upper) { return .string(upper) }
    }
    return refuse(value, "type.googleapis.com/google.ai.generativelanguage.\(type.name)", path)
  }

  private mutating func unknown(_ key: String, at path: String) {
    let place = path.isEmpty ? "" : " at '\(path)'"
    add(
      field: path,
      "Invalid JSON payload received. Unknown name \(JSONValue(key).rendered())\(place): "
        + "Cannot find field."
    )
  }

  /// Notes a value that does not fit its field.
  mutating func refuse(_ value: JSONValue, _ type: String, _ path: String) -> JSONValue {
    let text = value.rendered()
    let shown = text.utf8.count > 200 ? String(text.prefix(200)) + "…" : text
    add(field: path, "Invalid value at '\(path)' (\(type)), \(shown)")
    return .null
  }

  private mutating func add(field: String, _ description: String) {
    guard violations.count < Self.maximumViolations else { return }
    violations.append(Violation(field: field, description: description))
  }
}

extension WireType {
  /// Whether `null` is a value here, not an absent field.
  fileprivate var takesNull: Bool {
    if case .any = self { true } else { false }
  }
}
