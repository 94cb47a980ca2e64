/// A JSON document whose objects keep the order of their keys and whose numbers keep their text.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// The text of a string, else `nil`.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of a boolean, else `nil`.
  public var bool: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  /// The value of a number without a fraction that fits, else `nil`.
  public var int: Int? {
    if case .number(let number) = self { number.int } else { nil }
  }

  /// The value of a number, else `nil`.
  public var double: Double? {
    if case .number(let number) = self { number.double } else { nil }
  }

  /// The elements of an array, else `nil`.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object, else `nil`.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// Whether the value is `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The member of an object; `nil` when it is missing or this is no object.
  public subscript(key: String) -> JSONValue? { object?[key] }

  /// The element of an array; `nil` when it is out of range or this is no array.
  public subscript(index: Int) -> JSONValue? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }

  /// A number.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }

  /// A number; must be finite.
  public init(floatLiteral value: Double) { self = .number(JSONNumber(value)) }

  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// The null value.
  public init(nilLiteral: ()) { self = .null }

  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  /// An object with its members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }

  /// A number without a fraction.
  public init(_ value: Int) { self = .number(JSONNumber(value)) }

  /// A number; must be finite.
  public init(_ value: Double) { self = .number(JSONNumber(value)) }

  /// A string.
  public init(_ value: String) { self = .string(value) }

  /// A boolean.
  public init(_ value: Bool) { self = .bool(value) }
}
