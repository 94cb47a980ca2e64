// A document piece by piece: for what is read straight into something else than a tree.

extension JSONParser {
  /// The key of a member, as the document has it: without escapes.
  package struct Key {
    fileprivate let bytes: UnsafeBufferPointer<UInt8>

    /// Whether it is a word.
    package static func ~= (word: StaticString, key: Key) -> Bool {
      key.bytes.count == word.utf8CodeUnitCount
        && key.bytes.elementsEqual(
          UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        )
    }

    /// The key as a text of its own.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// What kind of value comes next.
  package enum Kind {
    case object, array, string, number
    /// `true`, `false`, `null`, the end, or what is no JSON.
    case word
  }

  /// Hands a document to a function, which has to read one value.
  ///
  /// Texts that are handed out as ranges are valid UTF-8, since the whole document is looked at first.
  ///
  /// - Throws: ``JSONSyntaxError`` for what is no JSON, and for a key with escapes; and what the function
  ///   throws.
  package static func read(
    _ bytes: [UInt8],
    _ body: (inout JSONParser) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(JSONSyntaxError) in
        var parser = JSONParser(bytes: buffer)
        guard (try? UTF8Span(validating: buffer.span)) != nil else {
          throw parser.fault("invalid UTF-8")
        }
        try body(&parser)
        try parser.end()
      }
    }
    try result.get()
  }

  /// What kind of value comes next.
  package mutating func kind() -> Kind {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case .some(let byte) where byte &- 0x30 < 10 || byte == UInt8(ascii: "-"): return .number
    default: return .word
    }
  }

  /// Reads an object member by member, also those of one key; the function reads the value.
  package mutating func members(
    _ read: (Key, inout JSONParser) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    guard kind() == .object else { throw fault("an object is due") }
    try list(in: .braces) { parser throws(JSONSyntaxError) in
      try parser.expectQuote()
      guard let range = try parser.plainText() else { throw parser.fault("a key has no escapes") }
      try parser.skipColon()
      try read(Key(bytes: UnsafeBufferPointer(rebasing: parser.bytes[range])), &parser)
    }
  }

  /// Reads a list element by element; the function reads the element.
  package mutating func elements(
    _ read: (inout JSONParser) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    guard kind() == .array else { throw fault("a list is due") }
    try list(in: .brackets) { parser throws(JSONSyntaxError) in try read(&parser) }
  }

  /// Passes over a `null`, when one comes next.
  package mutating func skipNull() -> Bool {
    skipSpace()
    guard peek() == UInt8(ascii: "n"), let value = try? value() else { return false }
    return value.isNull
  }

  /// Reads a text.
  package mutating func text() throws(JSONSyntaxError) -> String {
    guard kind() == .string else { throw fault("a text is due") }
    return try string()
  }

  /// Reads a text without escapes; where it stands between its quotes.
  ///
  /// - Returns: `nil` when the text has escapes, or no text comes next; nothing is passed over then.
  package mutating func plainText() throws(JSONSyntaxError) -> Range<Int>? {
    guard kind() == .string else { return nil }
    let quote = position
    position += 1
    _ = skipPlainText()
    while let byte = peek(), byte >= 0x20, byte != UInt8(ascii: "\\") {
      position += 1
      if byte == UInt8(ascii: "\"") { return quote + 1..<position - 1 }
    }
    position = quote
    return nil
  }

  /// Reads a number; where it stands, and its value when it is a whole one without sign and exponent.
  package mutating func numeral() throws(JSONSyntaxError) -> (range: Range<Int>, whole: Int?) {
    skipSpace()
    let number = try numberRange()
    // Eighteen digits fit in any case.
    guard number.count <= 18 else { return (number, nil) }
    var value = 0
    for byte in bytes[number] {
      guard byte &- 0x30 < 10 else { return (number, nil) }
      value = value &* 10 &+ Int(byte &- 0x30)
    }
    return (number, value)
  }

  /// Reads a whole number, in any spelling that has no fraction: `2.0` and `1e3` as well.
  package mutating func int() throws(JSONSyntaxError) -> Int {
    let (range, whole) = try numeral()
    guard let value = whole ?? JSONNumber(validated: text(range)).int else {
      throw fault("a whole number is due", at: range.lowerBound)
    }
    return value
  }

  /// Reads a truth value.
  package mutating func bool() throws(JSONSyntaxError) -> Bool {
    guard let flag = try value().bool else { throw fault("true or false is due") }
    return flag
  }

  /// A range as a text of its own.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  /// The bytes of a range, until the document is read.
  package func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[range])
  }

  /// Ends the reading piece by piece: what stands here is for the reader of trees.
  ///
  /// Nobody is shown what it says.
  package var unusual: JSONSyntaxError {
    JSONSyntaxError(problem: "not read piece by piece", offset: position, line: 0, column: 0)
  }
}
