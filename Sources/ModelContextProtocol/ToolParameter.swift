internal import OrderedJSON

/// A named value that a tool is told; its schema and its check are one.
package struct ToolParameter: Sendable {
  /// What values there are.
  package enum Kind: Sendable {
    case text
    /// One of these words.
    case choice([String])
    /// A whole number.
    case number(ClosedRange<Int>)
    case flag
    /// As many texts, in order.
    case texts(ClosedRange<Int>)
    /// At most so many texts by name.
    case named(Int)
  }

  /// The most characters of a text.
  static let longestText = 4000

  /// The name of the member.
  package let name: String
  let kind: Kind
  let help: String
  let isRequired: Bool

  /// A parameter; `help` is for the assistant.
  package init(_ name: String, _ kind: Kind, _ help: String, isRequired: Bool = false) {
    (self.name, self.kind, self.help, self.isRequired) = (name, kind, help, isRequired)
  }

  /// The JSON Schema of a value.
  var schema: JSONValue {
    var schema: JSONObject =
      switch kind {
      case .text: Self.textSchema
      case .choice(let words):
        ["type": "string", "enum": .array(words.map { .string($0) })]
      case .number(let range):
        [
          "type": "integer", "minimum": JSONValue(range.lowerBound),
          "maximum": JSONValue(range.upperBound),
        ]
      case .flag: ["type": "boolean"]
      case .texts(let count):
        [
          "type": "array", "items": .object(Self.textSchema),
          "minItems": JSONValue(count.lowerBound), "maxItems": JSONValue(count.upperBound),
        ]
      case .named(let most):
        [
          "type": "object", "additionalProperties": .object(Self.textSchema),
          "maxProperties": JSONValue(most),
        ]
      }
    schema["description"] = .string(help)
    return .object(schema)
  }

  private static let textSchema: JSONObject = [
    "type": "string", "maxLength": JSONValue(longestText),
  ]

  /// Whether a value is one of these; what was expected when it is not.
  func problem(with value: JSONValue) -> String? {
    switch kind {
    case .text:
      return Self.isText(value) ? nil : "a string of at most \(Self.longestText) characters"
    case .choice(let words):
      return words.contains(value.string ?? "") ? nil : "one of \(words.joined(separator: ", "))"
    case .number(let range):
      let isFit = value.int.map(range.contains) ?? false
      return isFit ? nil : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .flag:
      return value.bool == nil ? "true or false" : nil
    case .texts(let count):
      let isFit = value.array.map { count.contains($0.count) && $0.allSatisfy(Self.isText) }
      return isFit == true ? nil : "a list of \(count.lowerBound) to \(count.upperBound) strings"
    case .named(let most):
      let members = value.object?.members
      let isFit = members.map { $0.count <= most && $0.allSatisfy { Self.isText($0.value) } }
      return isFit == true ? nil : "an object of at most \(most) strings"
    }
  }

  private static func isText(_ value: JSONValue) -> Bool {
    value.string.map { $0.unicodeScalars.count <= longestText } ?? false
  }
}

/// What a tool was told, checked against its parameters.
package struct ToolArguments: Sendable {
  private let values: JSONObject

  /// - Throws: ``ToolFailure`` that says what does not fit.
  init(_ values: JSONObject, for parameters: [ToolParameter]) throws(ToolFailure) {
    for name in values.keys where !parameters.contains(where: { $0.name == name }) {
      let names = parameters.map(\.name).joined(separator: ", ")
      throw ToolFailure("There is no argument of that name; there are \(names).")
    }
    for parameter in parameters {
      guard let value = values[parameter.name], !value.isNull else {
        guard parameter.isRequired else { continue }
        throw ToolFailure("The argument \(parameter.name) is missing: \(parameter.help).")
      }
      if let expected = parameter.problem(with: value) {
        throw ToolFailure("The argument \(parameter.name) has to be \(expected).")
      }
    }
    self.values = values
  }

  /// A text or one of a choice; `nil` when it was not given.
  package func text(_ name: String) -> String? { values[name]?.string }

  /// A whole number; `nil` when it was not given.
  package func number(_ name: String) -> Int? { values[name]?.int }

  /// A flag; not set when it was not given.
  package func flag(_ name: String) -> Bool { values[name]?.bool ?? false }

  /// Texts in order; none when they were not given.
  package func texts(_ name: String) -> [String] { values[name]?.array?.compactMap(\.string) ?? [] }

  /// Texts by name; none when they were not given.
  package func named(_ name: String) -> [(name: String, text: String)] {
    values[name]?.object?.members.compactMap { key, value in value.string.map { (key, $0) } } ?? []
  }
}
