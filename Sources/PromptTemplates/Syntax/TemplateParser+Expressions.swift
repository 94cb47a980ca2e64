internal import OrderedJSON
internal import YAMLDocuments

extension TemplateParser {
  /// Reads a name or subexpression and the arguments after it.
  mutating func call(at offset: Int) throws(PromptError) -> (Expression, Arguments) {
    skipSpace()
    guard !atClose else { throw error("the tag is empty", at: offset) }
    return (try operand(), try arguments())
  }

  /// What a callee with its arguments means: a call of a helper, or the value of a variable.
  func resolved(
    _ callee: Expression,
    _ arguments: Arguments,
    at offset: Int,
    mustCall: Bool = false
  ) throws(PromptError)
    -> Expression
  {
    if case .call = callee {
      guard arguments.isEmpty, !mustCall else {
        throw error("a subexpression takes no arguments", at: offset)
      }
      return callee
    }
    if let name = helperName(of: callee), let helper = helpers[name] {
      return .call(
        HelperInvocation(name: name, helper: helper, arguments: arguments, offset: offset)
      )
    }
    guard arguments.isEmpty, !mustCall else { throw unknownHelper(name(of: callee), at: offset) }
    guard case .literal = callee else { return callee }
    // A literal in the place of a name is the variable of that name.
    let name = name(of: callee)
    return .path(
      VariablePath(
        root: .context(depth: 0),
        names: [name],
        original: name,
        isScoped: false,
        offset: offset
      )
    )
  }

  private func helperName(of callee: Expression) -> String? {
    switch callee {
    case .path(let path): path.simpleName
    case .literal: name(of: callee)
    case .call: nil
    }
  }

  private func unknownHelper(_ name: String, at offset: Int) -> PromptError {
    let known = helpers.keys.sorted().joined(separator: ", ")
    return PromptError(
      .unknownHelper,
      "no helper has the name \(name)",
      hint: "the helpers are \(known)",
      at: text.location(of: offset)
    )
  }

  /// The name a callee stands for, as a closing tag repeats it.
  func name(of callee: Expression) -> String {
    switch callee {
    case .path(let path): path.original
    case .literal(let value?): JavaScriptText.text(of: value)
    case .literal(nil): "undefined"
    case .call(let call): call.name
    }
  }

  private mutating func arguments() throws(PromptError) -> Arguments {
    var arguments = Arguments()
    while true {
      skipSpace()
      if atClose || atBlockParameters { return arguments }
      guard arguments.positional.count + arguments.named.count < Self.maximumArguments else {
        throw error("more than \(Self.maximumArguments) arguments", at: position)
      }
      if let name = argumentName() {
        skipSpace()
        let value = try operand()
        arguments.named.removeAll { $0.name == name }
        arguments.named.append((name, value))
      } else {
        guard arguments.named.isEmpty else {
          throw error("a value follows one with a name", at: position, hint: "put it before them")
        }
        arguments.positional.append(try operand())
      }
    }
  }

  /// Passes `name=` and returns the name; passes nothing when something else stands here.
  private mutating func argumentName() -> String? {
    let start = position
    if let name = identifier() ?? bracketed() {
      skipSpace()
      if skip("=") { return name }
    }
    position = start
    return nil
  }

  /// Reads a literal, a variable or a subexpression.
  mutating func operand() throws(PromptError) -> Expression {
    let start = position
    switch peek() {
    case UInt8(ascii: "("): return try subexpression()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .literal(.string(try stringLiteral()))
    default: break
    }
    if let literal = wordLiteral() { return literal }
    let path = try variablePath()
    guard isBoundary else { throw unexpected(at: position) }
    precondition(position > start, "a path has at least one byte")
    return .path(path)
  }

  private mutating func subexpression() throws(PromptError) -> Expression {
    let offset = position
    try deepen(at: offset)
    defer { depth -= 1 }
    position += 1
    let (callee, arguments) = try call(at: offset)
    guard skip(")") else { throw error(") is due", at: position) }
    return try resolved(callee, arguments, at: offset, mustCall: true)
  }

  private mutating func stringLiteral() throws(PromptError) -> String {
    let start = position
    let quote = text.bytes[position]
    var bytes: [UInt8] = []
    position += 1
    while let byte = peek(), byte != quote {
      // Only the quote itself can be escaped; other backslashes stand for themselves.
      if byte == UInt8(ascii: "\\"), position + 1 < end, text.bytes[position + 1] == quote {
        position += 1
      }
      bytes.append(text.bytes[position])
      position += 1
    }
    guard position < end else { throw error("the text in quotes is not closed", at: start) }
    position += 1
    guard isBoundary else { throw unexpected(at: position) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads `true`, `false`, `null`, `undefined` or a number.
  private mutating func wordLiteral() -> Expression? {
    let start = position
    while let byte = peek(), Self.isLiteralByte(byte) { position += 1 }
    let word = string(start..<position)
    if isLiteralEnd {
      switch word {
      case "true": return .literal(.bool(true))
      case "false": return .literal(.bool(false))
      case "null": return .literal(.null)
      case "undefined": return .literal(nil)
      default: if let number = Self.number(word) { return .literal(.number(number)) }
      }
    }
    position = start
    return nil
  }

  private static func isLiteralByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func number(_ word: String) -> JSONNumber? {
    let digits = word.hasPrefix("-") ? word.dropFirst() : Substring(word)
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } })
    else { return nil }
    guard case .number(let number)? = YAMLScalar(text: word).value else { return nil }
    return number
  }
}
