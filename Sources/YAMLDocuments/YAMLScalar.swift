internal import CYAML
package import OrderedJSON

/// A scalar of a YAML text, typed by the core schema of YAML 1.2 (section 10.3).
///
/// JSON has no infinite numbers: `.inf` and `.nan` stay text.
package struct YAMLScalar {
  let text: String
  let tag: String?
  private let isPlain: Bool

  /// A scalar written as the text, without quotes unless told otherwise.
  package init(text: String, tag: String? = nil, isPlain: Bool = true) {
    self.text = text
    self.tag = tag
    self.isPlain = isPlain
  }

  init(_ event: yaml_event_t) {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    self.init(
      text: String(decoding: bytes, as: UTF8.self),
      tag: scalar.tag.map { String(cString: $0) },
      isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE
    )
  }

  /// The value; `nil` when the tag is none of the core schema's or does not fit the text.
  package var value: JSONValue? {
    switch tag {
    case nil: isPlain ? plain : .string(text)
    case "!", "tag:yaml.org,2002:str": .string(text)
    case "tag:yaml.org,2002:null": isNull ? .null : nil
    case "tag:yaml.org,2002:bool": bool
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float": number
    default: nil
    }
  }

  private var plain: JSONValue { isNull ? .null : bool ?? number ?? .string(text) }

  private var isNull: Bool { ["", "~", "null", "Null", "NULL"].contains(text) }

  private var bool: JSONValue? {
    switch text {
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: nil
    }
  }

  private var number: JSONValue? {
    if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map { JSONValue($0) } }
    if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map { JSONValue($0) } }
    return decimal.map { .number(JSONNumber(validated: $0)) }
  }

  /// The text by JSON's grammar: no plus sign, no leading zeros, digits on both sides of the point.
  private var decimal: String? {
    var rest = Substring(text)
    let sign = rest.first == "-" ? "-" : ""
    if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
    let whole = rest.prefix(while: Self.isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.first == "." {
      fraction = rest.dropFirst().prefix(while: Self.isDigit)
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let exponent = Self.exponent(rest) else {
      return nil
    }
    let digits = whole.drop { $0 == "0" }
    return sign + (digits.isEmpty ? "0" : digits) + (fraction.isEmpty ? "" : "." + fraction)
      + exponent
  }

  private static func exponent(_ text: Substring) -> String? {
    if text.isEmpty { return "" }
    guard text.first == "e" || text.first == "E" else { return nil }
    let signed = text.dropFirst()
    let digits = signed.first == "-" || signed.first == "+" ? signed.dropFirst() : signed
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    return String(text)
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isWholeNumber
  }
}
