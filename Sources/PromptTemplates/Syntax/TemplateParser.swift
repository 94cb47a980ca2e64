/// Parses a template of the Handlebars language in one pass, with bounded nesting.
///
/// The grammar is that of Handlebars 4.7; what it leaves to names of helpers is settled here, since
/// the helpers are known: a single name that no helper has is a variable.
struct TemplateParser {
  /// The deepest nesting of blocks and of subexpressions.
  static let maximumDepth = 64
  /// The most arguments of one tag.
  static let maximumArguments = 64

  let text: PromptText
  let helpers: [String: Helper]
  let end: Int
  var position: Int
  var depth = 0
  /// The block parameters in reach, innermost list last.
  var parameters: [[String]] = []
  var partialNames: [String] = []
  private var knownPartialNames: Set<String> = []

  private init(
    _ text: PromptText,
    _ range: Range<Int>,
    helpers: [String: Helper]
  ) {
    self.text = text
    self.helpers = helpers
    end = range.upperBound
    position = range.lowerBound
  }

  /// The tree of a range of a text.
  static func parse(
    _ text: PromptText,
    _ range: Range<Int>? = nil,
    helpers: [String: Helper]
  ) throws(PromptError)
    -> ParsedTemplate
  {
    var parser = TemplateParser(text, range ?? 0..<text.bytes.count, helpers: helpers)
    let (program, terminator) = try parser.program()
    if let tag = terminator { throw parser.error(tag.orphaned, at: tag.offset) }
    WhiteSpaceControl.apply(to: program)
    return ParsedTemplate(
      text: text,
      program: program.settled(),
      partialNames: parser.partialNames
    )
  }

  /// Reads statements up to a tag that ends or divides a block, or to the end of the text.
  mutating func program() throws(PromptError) -> (ProgramDraft, Terminator?) {
    let program = ProgramDraft()
    while true {
      readText(into: program)
      guard position < end else { return (program, nil) }
      if let terminator = try statement(into: program) { return (program, terminator) }
    }
  }

  /// Reads text up to the next tag, and past tags escaped with a backslash.
  private mutating func readText(into program: ProgramDraft) {
    while position < end {
      guard let open = find("{", times: 2, from: position) else {
        append(position..<end, to: program)
        position = end
        return
      }
      let slashes = backslashes(before: open, notBefore: position)
      append(position..<open - min(slashes, 1), to: program)
      position = open
      guard slashes == 1 else { return }
      let next = find("{", times: 2, from: open + 2)
      let stop = next.map { $0 - min(backslashes(before: $0, notBefore: open + 2), 2) } ?? end
      append(open..<stop, to: program)
      position = stop
    }
  }

  private func append(_ range: Range<Int>, to program: ProgramDraft) {
    if !range.isEmpty {
      program.body.append(.text(TextDraft(string(range), offset: range.lowerBound)))
    }
  }

  private func backslashes(before offset: Int, notBefore start: Int) -> Int {
    var count = 0
    while offset - count > start, text.bytes[offset - count - 1] == UInt8(ascii: "\\") {
      count += 1
    }
    return count
  }

  /// Reads one tag, and a block as a whole; returns the tag when it belongs to the block around.
  private mutating func statement(
    into program: ProgramDraft
  ) throws(PromptError)
    -> Terminator?
  {
    let offset = position
    if skip("{{{{") {
      program.body.append(.block(try rawBlock(at: offset)))
      return nil
    }
    position += 2
    let strip = StripFlags(before: skip("~"))
    switch peek() {
    case UInt8(ascii: "!"): program.body.append(.comment(try comment(strip, at: offset)))
    case UInt8(ascii: "#"):
      position += 1
      program.body.append(.block(try openedBlock(strip, at: offset)))
    case UInt8(ascii: ">"):
      position += 1
      program.body.append(.partial(try partial(strip, at: offset)))
    case UInt8(ascii: "/"):
      position += 1
      return try closingTag(strip, at: offset)
    case UInt8(ascii: "^"):
      position += 1
      if let close = try emptyTag() {
        return .inverse(StripFlags(before: strip.before, after: close), offset: offset)
      }
      program.body.append(.block(try block(strip, at: offset, isInverted: true)))
    case UInt8(ascii: "*"): throw error("a decorator can only be {{#*inline}}", at: offset)
    default:
      if skipWord("else") { return try elseTag(strip, at: offset) }
      program.body.append(try output(strip, at: offset))
    }
    return nil
  }

  private mutating func output(_ strip: StripFlags, at offset: Int) throws(PromptError) -> Draft {
    let isTriple = skip("{")
    if !isTriple { _ = skip("&") }
    let (callee, arguments) = try call(at: offset)
    let expression = try resolved(callee, arguments, at: offset)
    let closesAfter = try close(at: offset, isTriple: isTriple)
    return .output(expression, StripFlags(before: strip.before, after: closesAfter))
  }

  private mutating func comment(
    _ strip: StripFlags,
    at offset: Int
  ) throws(PromptError)
    -> StripFlags
  {
    position += 1
    guard starts(with: "--") else {
      guard let close = find("}", times: 2, from: position) else {
        throw error("the comment is not closed", at: offset, hint: "end it with }}")
      }
      let after = close > position && text.bytes[close - 1] == UInt8(ascii: "~")
      position = close + 2
      return StripFlags(before: strip.before, after: after)
    }
    while let dashes = find("-", times: 2, from: position) {
      position = dashes + 2
      let after = skip("~")
      if skip("}}") { return StripFlags(before: strip.before, after: after) }
      position = dashes + 1
    }
    throw error("the comment is not closed", at: offset, hint: "end it with --}}")
  }

  private mutating func partial(
    _ strip: StripFlags,
    at offset: Int
  ) throws(PromptError)
    -> PartialDraft
  {
    let (name, arguments) = try partialCall(at: offset)
    let after = try close(at: offset)
    return PartialDraft(
      name: name,
      arguments: arguments,
      strip: StripFlags(before: strip.before, after: after),
      offset: offset
    )
  }

  /// Reads a partial's name and arguments.
  mutating func partialCall(
    at offset: Int
  ) throws(PromptError)
    -> (PartialInclusion.Name, Arguments)
  {
    let (callee, arguments) = try call(at: offset)
    guard arguments.positional.count <= 1 else {
      throw error("a partial takes one context at most", at: offset)
    }
    switch callee {
    case .call: return (.dynamic(callee), arguments)
    case .path(let path) where path.original == "@partial-block": return (.partialBlock, arguments)
    case .path, .literal:
      let name = self.name(of: callee)
      if knownPartialNames.insert(name).inserted { partialNames.append(name) }
      return (.fixed(name), arguments)
    }
  }
}
