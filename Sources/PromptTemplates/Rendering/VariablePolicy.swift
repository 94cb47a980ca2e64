internal import OrderedJSON

/// Which variables a template may read without their being given.
enum VariablePolicy: Sendable {
  /// All of them; what is missing is empty.
  case lenient
  /// Those the input schema declares; others are mistakes.
  case strict(declared: Set<String>, isOpen: Bool)

  init(schema: JSONValue?, isLenient: Bool) {
    guard !isLenient else {
      self = .lenient
      return
    }
    let names = schema?["properties"]?.object?.keys ?? []
    let additional = schema?["additionalProperties"]
    let isOpen = schema != nil && additional != nil && additional != .bool(false)
    self = .strict(declared: Set(names), isOpen: isOpen)
  }

  var isStrict: Bool { if case .strict = self { true } else { false } }

  /// Whether an input variable may be missing.
  func allowsMissing(_ name: String) -> Bool {
    switch self {
    case .lenient: true
    case .strict(let declared, let isOpen): isOpen || declared.contains(name)
    }
  }
}
