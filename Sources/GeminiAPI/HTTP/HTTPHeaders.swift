/// Header fields in order; names are compared without regard to case.
public struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One header field.
  public struct Field: Hashable, Sendable {
    /// The name as written.
    public let name: String
    /// The value without surrounding blanks.
    public let value: String
  }

  /// The fields in the order they were added.
  public private(set) var fields: [Field] = []

  /// No fields.
  public init() {}

  /// Fields in the order written.
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name, value) }
  }

  /// Adds a field, also when one of that name exists.
  public mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// The value of the first field of a name; setting replaces all of them.
  public subscript(name: String) -> String? {
    get { fields.first { Self.isSame($0.name, name) }?.value }
    set {
      fields.removeAll { Self.isSame($0.name, name) }
      if let newValue { append(name, newValue) }
    }
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
      && zip(left.utf8, right.utf8).allSatisfy { left, right in
        let letter = left | 0x20
        return left == right || letter == right | 0x20 && (0x61...0x7A).contains(letter)
      }
  }
}

extension HTTPHeaders: CustomStringConvertible {
  /// The fields as lines, values that are secrets left out.
  public var description: String {
    redacted.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
  }

  /// The same fields with `REDACTED` for each value that is a secret.
  public var redacted: HTTPHeaders {
    var copy = HTTPHeaders()
    for field in fields {
      copy.append(field.name, Redaction.headerValue(field.value, of: field.name))
    }
    return copy
  }
}
