public import OrderedJSON

/// Checks JSON against schemas that Google has published.
///
/// Discovery documents and JSON Schema both come down to properties, items, references, formats
/// and enumerations, so that one walk along the value serves both.
public struct PublishedSchema: Sendable {
  /// Who wrote the value: the service may add fields and values, a client may not.
  public enum Direction: Sendable {
    case request
    case response
  }

  private let definitions: [String: JSONValue]

  /// Schemas by name.
  public init(definitions: JSONObject) {
    self.definitions = Dictionary(
      uniqueKeysWithValues: definitions.members.map { ($0.key, $0.value) }
    )
  }

  /// Everything in a value that a schema does not allow, each with its place; empty when valid.
  public func problems(
    in value: JSONValue,
    schema name: String,
    direction: Direction
  )
    -> [String]
  {
    guard let schema = definitions[name] else { return ["there is no schema \(name)"] }
    var walk = Walk(definitions: definitions, direction: direction)
    walk.check(value, schema, name)
    return walk.problems
  }
}

/// One walk along a value.
private struct Walk {
  let definitions: [String: JSONValue]
  let direction: PublishedSchema.Direction
  var problems: [String] = []

  mutating func check(_ value: JSONValue, _ schema: JSONValue, _ place: String) {
    if let reference = schema["$ref"]?.string {
      let name = String(reference.split(separator: "/").last ?? "")
      guard let target = definitions[name] else { return note(place, "refers to unknown \(name)") }
      return check(value, target, place)
    }
    if let choices = schema["anyOf"]?.array ?? schema["oneOf"]?.array {
      return checkChoices(value, choices, place)
    }
    checkValues(value, schema, place)
    switch schema["type"]?.string {
    case "object": checkObject(value, schema, place)
    case "array": checkArray(value, schema, place)
    case "string": checkString(value, schema, place)
    case "integer": if value.int == nil { note(place, "is no integer") }
    case "number": if value.double == nil { note(place, "is no number") }
    case "boolean": if value.bool == nil { note(place, "is no boolean") }
    case "null": if !value.isNull { note(place, "is not null") }
    default: break
    }
  }

  private mutating func note(_ place: String, _ problem: String) {
    problems.append("\(place) \(problem)")
  }

  /// One alternative has to fit; otherwise the problems of the one that fits best are told.
  private mutating func checkChoices(_ value: JSONValue, _ choices: [JSONValue], _ place: String) {
    let outcomes = choices.map { choice -> [String] in
      var walk = Walk(definitions: definitions, direction: direction)
      walk.check(value, choice, place)
      return walk.problems
    }
    problems += outcomes.min { $0.count < $1.count } ?? []
  }

  private mutating func checkValues(_ value: JSONValue, _ schema: JSONValue, _ place: String) {
    if let constant = schema["const"], constant != value {
      note(place, "is \(value.rendered()), not \(constant.rendered())")
    }
    guard direction == .request, let allowed = schema["enum"]?.array, !allowed.contains(value)
    else { return }
    note(place, "is \(value.rendered()), which is none of the values")
  }

  private mutating func checkObject(_ value: JSONValue, _ schema: JSONValue, _ place: String) {
    guard let object = value.object else { return note(place, "is no object") }
    let properties = schema["properties"]?.object ?? [:]
    for name in schema["required"]?.array?.compactMap(\.string) ?? [] where object[name] == nil {
      note(place, "lacks \(name)")
    }
    for (key, member) in object.members {
      let place = "\(place).\(key)"
      if let property = properties[key] {
        if direction == .request, property["readOnly"]?.bool == true {
          note(place, "is for the service to set")
        }
        check(member, property, place)
      } else if let others = schema["additionalProperties"], others.object != nil {
        check(member, others, place)
      } else if direction == .request, !properties.isEmpty {
        note(place, "is not a field")
      }
    }
  }

  private mutating func checkArray(_ value: JSONValue, _ schema: JSONValue, _ place: String) {
    guard let elements = value.array else { return note(place, "is no list") }
    guard let items = schema["items"] else { return }
    for (index, element) in elements.enumerated() { check(element, items, "\(place)[\(index)]") }
  }

  private mutating func checkString(_ value: JSONValue, _ schema: JSONValue, _ place: String) {
    guard let text = value.string else { return note(place, "is no string") }
    let isValid =
      switch schema["format"]?.string {
      case "int64": Int64(text) != nil
      case "uint64": UInt64(text) != nil
      case "byte": text.wholeMatch(of: /[A-Za-z0-9+\/_\-]*={0,2}/) != nil
      case "google-duration": text.wholeMatch(of: /-?\d+(\.\d{1,9})?s/) != nil
      case "google-datetime":
        text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+\-]\d\d:\d\d)/) != nil
      case "google-fieldmask": text.wholeMatch(of: /[a-zA-Z0-9.,]*/) != nil
      default: true
      }
    if !isValid { note(place, "is no \(schema["format"]?.string ?? ""): \(text.prefix(60))") }
  }
}
