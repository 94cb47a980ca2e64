internal import OrderedJSON

/// Values as text the way JavaScript writes them, which the template language prescribes.
enum JavaScriptText {
  static func text(of value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): text(of: number)
    case .string(let text): text
    case .array(let elements): elements.map(text(of:)).joined(separator: ",")
    case .object: "[object Object]"
    }
  }

  /// An integer keeps its digits, however many; other numbers are written in shortest form.
  static func text(of number: JSONNumber) -> String {
    let isInteger = number.text.utf8.allSatisfy { $0 == 0x2D || 0x30...0x39 ~= $0 }
    if isInteger { return number.text == "-0" ? "0" : number.text }
    guard let value = Double(number.text), value.isFinite else { return number.text }
    if value == 0 { return "0" }
    return (value < 0 ? "-" : "") + text(ofMagnitude: value.magnitude)
  }

  /// ECMA-262, `Number::toString`: the shortest digits, with an exponent outside 1e-7 ..< 1e21.
  private static func text(ofMagnitude value: Double) -> String {
    let (digits, point) = decimal(value.description)
    let count = digits.count
    switch point {
    case count...21 where point >= count:
      return digits + String(repeating: "0", count: point - count)
    case 1...21:
      return digits.prefix(point) + "." + digits.dropFirst(point)
    case -5...0:
      return "0." + String(repeating: "0", count: -point) + digits
    default:
      let rest = digits.dropFirst()
      let sign = point > 0 ? "+" : "-"
      return digits.prefix(1) + (rest.isEmpty ? "" : "." + rest)
        + "e\(sign)\((point - 1).magnitude)"
    }
  }

  /// The significant digits of a number, and where the point stands among them.
  private static func decimal(_ description: String) -> (digits: String, point: Int) {
    let halves = description.split(separator: "e")
    let exponent = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
    let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts[0].drop { $0 == "0" }
    let fraction = parts.count > 1 ? parts[1] : ""
    var digits = whole + fraction
    let leading = digits.prefix { $0 == "0" }.count
    digits.removeFirst(leading)
    while digits.last == "0" { digits.removeLast() }
    return (String(digits), whole.count - leading + exponent)
  }

  /// Whether Handlebars takes a value for nothing: absent, false, an empty text or list.
  static func isEmpty(_ value: JSONValue?) -> Bool {
    switch value {
    case nil, .null?, .bool(false)?: true
    case .string(let text)?: text.isEmpty
    case .array(let elements)?: elements.isEmpty
    default: false
    }
  }

  /// Whether a number is zero, which `if` takes for false.
  static func isZero(_ value: JSONValue?) -> Bool {
    if case .number(let number)? = value { number.double == 0 } else { false }
  }

  /// Whether two values are equal without conversion; lists and objects by what they hold.
  static func areEqual(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    if case .number(let left)? = left, case .number(let right)? = right {
      return left.text == right.text || left.double == right.double
    }
    return left == right
  }

  /// The member of an object, the element of a list, or the length of a list or text.
  static func property(_ name: String, of value: JSONValue?) -> JSONValue? {
    switch value {
    case .object(let object)?: object[name]
    case .array(let elements)?:
      if name == "length" {
        JSONValue(elements.count)
      } else if let index = Int(name), elements.indices.contains(index) {
        elements[index]
      } else {
        nil
      }
    case .string(let text)? where name == "length": JSONValue(text.utf16.count)
    default: nil
    }
  }
}
