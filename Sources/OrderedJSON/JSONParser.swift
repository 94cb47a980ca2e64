/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found or missing.
  public let problem: String
  /// Bytes before the fault.
  public let offset: Int
  /// The line of the fault, from 1.
  public let line: Int
  /// The byte column of the fault, from 1.
  public let column: Int

  /// The problem with its place.
  public var description: String { "line \(line), column \(column): \(problem)" }
}

extension JSONValue {
  /// The deepest nesting a document may have.
  public static let maximumDepth = 256

  /// Reads one complete JSON document (RFC 8259); of equal keys the last value stays.
  ///
  /// - Throws: ``JSONSyntaxError`` for anything else, also for invalid UTF-8 and for nesting
  ///   deeper than ``maximumDepth``.
  public init(parsing text: String) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// A member of objects at one depth of a document, counted from 1, lists included.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: String
    /// How many objects and lists it is in.
    public let depth: Int

    /// A member of objects at one depth.
    public init(_ key: String, depth: Int) {
      self.key = key
      self.depth = depth
    }
  }

  /// Reads one complete JSON document from UTF-8 bytes.
  ///
  /// - Parameter ignored: A member that nobody will ask for: it must be JSON, but is left out.
  /// - Throws: ``JSONSyntaxError``, as for text.
  public init(parsing bytes: [UInt8], leavingOut ignored: Member? = nil) throws(JSONSyntaxError) {
    let result = bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(bytes: buffer, leavingOut: ignored)
      return Result { () throws(JSONSyntaxError) in try parser.document() }
    }
    self = try result.get()
  }
}

/// A recursive-descent reader; its nesting is bounded.
///
/// It makes a tree of values, or hands out the pieces of a document one by one.
package struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  /// Where it stands, in bytes from the start of the document.
  package var position = 0
  var depth = 0
  private let ignored: JSONValue.Member?

  init(bytes: UnsafeBufferPointer<UInt8>, leavingOut ignored: JSONValue.Member? = nil) {
    self.bytes = bytes
    self.ignored = ignored
  }

  mutating func document() throws(JSONSyntaxError) -> JSONValue {
    let value = try value()
    try end()
    return value
  }

  /// Makes sure that nothing but white space is left.
  mutating func end() throws(JSONSyntaxError) {
    skipSpace()
    guard position == bytes.count else { throw fault("text after the end of the document") }
  }

  /// Reads the next value.
  package mutating func value() throws(JSONSyntaxError) -> JSONValue {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some: return .number(try number())
    case nil: throw fault("the text ends where a value is due")
    }
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONObject {
    var members: [(key: String, value: JSONValue)] = []
    var keys = DistinctKeys()
    try list(in: .braces) { parser throws(JSONSyntaxError) in
      try parser.expectQuote()
      let key = try parser.string()
      try parser.skipColon()
      if let ignored = parser.ignored, parser.depth == ignored.depth, key == ignored.key {
        return try parser.skipValue()
      }
      if let index = keys.add(key, to: members) {
        // Of two members with one key the later value counts.
        members[index].value = try parser.value()
      } else {
        if members.isEmpty { members.reserveCapacity(4) }
        members.append((key, try parser.value()))
      }
    }
    return JSONObject(uniqueMembers: members)
  }

  private mutating func array() throws(JSONSyntaxError) -> [JSONValue] {
    var elements: [JSONValue] = []
    try list(in: .brackets) { parser throws(JSONSyntaxError) in
      elements.append(try parser.value())
    }
    return elements
  }

  /// Passes over a value without making one.
  package mutating func skipValue() throws(JSONSyntaxError) {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"):
      try list(in: .braces) { parser throws(JSONSyntaxError) in
        try parser.expectQuote()
        try parser.skipString()
        try parser.skipColon()
        try parser.skipValue()
      }
    case UInt8(ascii: "["):
      try list(in: .brackets) { parser throws(JSONSyntaxError) in try parser.skipValue() }
    case UInt8(ascii: "\""): try skipString()
    default: _ = try value()
    }
  }

  /// What stands around members or elements.
  enum Brackets {
    case braces, brackets

    fileprivate var closing: UInt8 { self == .braces ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    fileprivate var due: String { self == .braces ? "a comma or } is due" : "a comma or ] is due" }
  }

  /// Reads what stands between brackets, from the opening one to the closing one.
  ///
  /// - Parameter item: Reads a member or an element.
  @inline(__always)
  mutating func list(
    in brackets: Brackets,
    _ item: (inout Self) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= JSONValue.maximumDepth else {
      throw fault("nested deeper than \(JSONValue.maximumDepth) levels")
    }
    if skip(brackets.closing) { return }
    repeat { try item(&self) } while skip(UInt8(ascii: ","))
    guard skip(brackets.closing) else { throw fault(brackets.due) }
  }

  mutating func expectQuote() throws(JSONSyntaxError) {
    skipSpace()
    guard peek() == UInt8(ascii: "\"") else { throw fault("a key in quotes is due") }
  }

  mutating func skipColon() throws(JSONSyntaxError) {
    guard skip(UInt8(ascii: ":")) else { throw fault("a colon is due after the key") }
  }

  private mutating func word(
    _ word: StaticString,
    _ value: JSONValue
  ) throws(JSONSyntaxError)
    -> JSONValue
  {
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[position...].starts(with: expected) else { throw fault("unknown word") }
    position += expected.count
    return value
  }

  func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// Skips white space and then the byte, when it is there.
  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  func fault(_ problem: String, at offset: Int? = nil) -> JSONSyntaxError {
    let offset = min(offset ?? position, bytes.count)
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    return JSONSyntaxError(
      problem: problem,
      offset: offset,
      line: line,
      column: offset - lineStart + 1
    )
  }
}
