extension TemplateParser {
  func peek() -> UInt8? { position < end ? text.bytes[position] : nil }

  func string(_ range: Range<Int>) -> String { String(decoding: text.bytes[range], as: UTF8.self) }

  func starts(with token: String) -> Bool {
    var offset = position
    for byte in token.utf8 {
      guard offset < end, text.bytes[offset] == byte else { return false }
      offset += 1
    }
    return true
  }

  /// Passes a token, when it stands here.
  mutating func skip(_ token: String) -> Bool {
    guard starts(with: token) else { return false }
    position += token.utf8.count
    return true
  }

  /// Passes white space and a word, when the word stands alone.
  mutating func skipWord(_ word: String) -> Bool {
    let start = position
    skipSpace()
    if skip(word), isBoundary, peek() != UInt8(ascii: "=") { return true }
    position = start
    return false
  }

  mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || 0x09...0x0D ~= byte { position += 1 }
  }

  /// The next place of an ASCII character that is repeated.
  func find(_ character: Character, times count: Int, from start: Int) -> Int? {
    guard let wanted = character.asciiValue else { return nil }
    return text.bytes.withUnsafeBufferPointer { bytes in
      var found = 0
      var offset = start
      while offset < end {
        found = bytes[offset] == wanted ? found + 1 : 0
        offset += 1
        if found == count { return offset - count }
      }
      return nil
    }
  }

  /// Whether the tag or subexpression ends here.
  var atClose: Bool {
    switch peek() {
    case UInt8(ascii: "}"), UInt8(ascii: ")"), nil: true
    case UInt8(ascii: "~"): starts(with: "~}}")
    default: false
    }
  }

  /// Whether a name or literal may end here.
  var isBoundary: Bool {
    guard let byte = peek() else { return true }
    switch byte {
    case 0x20, 0x09...0x0D, UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "~"),
      UInt8(ascii: "="), UInt8(ascii: "|"):
      return true
    default: return false
    }
  }

  /// Whether a number or word literal may end here.
  var isLiteralEnd: Bool {
    isBoundary && peek() != UInt8(ascii: "=") && peek() != UInt8(ascii: "|")
  }

  /// Whether `as |` follows.
  var atBlockParameters: Bool {
    var ahead = self
    guard ahead.skip("as"), let byte = ahead.peek(), byte == 0x20 || 0x09...0x0D ~= byte else {
      return false
    }
    ahead.skipSpace()
    return ahead.peek() == UInt8(ascii: "|")
  }

  /// Reads `as |a b|`, when it follows.
  mutating func blockParameters() throws(PromptError) -> [String] {
    guard atBlockParameters else { return [] }
    position += 2
    skipSpace()
    position += 1
    var names: [String] = []
    while true {
      skipSpace()
      if skip("|") { break }
      guard let name = identifier() ?? bracketed() else { throw unexpected(at: position) }
      names.append(name)
    }
    guard 1...Self.maximumArguments ~= names.count else {
      throw error("between the bars stand 1 to \(Self.maximumArguments) names", at: position)
    }
    skipSpace()
    return names
  }

  /// Passes the end of a tag; returns whether it asks to remove the white space after it.
  mutating func close(at offset: Int, isTriple: Bool = false) throws(PromptError) -> Bool {
    skipSpace()
    if position >= end {
      throw error("the tag is not closed", at: offset, hint: isTriple ? "add }}}" : "add }}")
    }
    if isTriple, !skip("}") { throw error("}}} is due", at: position) }
    let after = skip("~")
    guard skip("}}") else { throw unexpected(at: position) }
    return after
  }

  /// Passes the end of a tag without contents; `nil` when something stands before the end.
  mutating func emptyTag() throws(PromptError) -> Bool? {
    let start = position
    skipSpace()
    if starts(with: "}}") || starts(with: "~}}") { return try close(at: start) }
    position = start
    return nil
  }

  /// Counts a level of nesting; the caller takes it back.
  mutating func deepen(at offset: Int) throws(PromptError) {
    depth += 1
    guard depth <= Self.maximumDepth else {
      throw PromptError(
        .limit,
        "nested deeper than \(Self.maximumDepth) levels",
        at: text.location(of: offset)
      )
    }
  }

  func unexpected(at offset: Int) -> PromptError {
    guard offset < end else { return error("the template ends inside a tag", at: offset) }
    let rest = String(decoding: text.bytes[offset..<min(offset + 8, end)], as: UTF8.self)
    return error("unexpected \(rest.first.map { "\($0)" } ?? "end")", at: offset)
  }

  func error(_ message: String, at offset: Int, hint: String? = nil) -> PromptError {
    PromptError(.syntax, message, hint: hint, at: text.location(of: offset))
  }
}
