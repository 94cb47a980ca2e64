/// A tag that ends or divides the block around it.
enum Terminator {
  case inverse(StripFlags, offset: Int)
  /// `{{else if …}}`, read up to the word `else`.
  case chain(before: Bool, offset: Int)
  case close(name: String, StripFlags, offset: Int)

  var offset: Int {
    switch self {
    case .inverse(_, let offset), .chain(_, let offset), .close(_, _, let offset): offset
    }
  }

  /// What is wrong when no block is open.
  var orphaned: String {
    switch self {
    case .inverse, .chain: "else stands outside a block"
    case .close(let name, _, _): "{{/\(name)}} closes a block that is not open"
    }
  }
}

extension TemplateParser {
  /// Reads a block whose `{{#` is passed.
  mutating func openedBlock(
    _ strip: StripFlags,
    at offset: Int
  ) throws(PromptError)
    -> BlockDraft
  {
    if skip(">") { return try partialBlock(strip, at: offset) }
    if skip("*") { return try inlinePartial(strip, at: offset) }
    return try block(strip, at: offset, isInverted: false)
  }

  /// Reads a block from its name on.
  mutating func block(
    _ strip: StripFlags,
    at offset: Int,
    isInverted: Bool
  ) throws(PromptError)
    -> BlockDraft
  {
    let (block, name, parameters) = try blockHead(strip, at: offset)
    let (first, terminator) = try branch(parameters, at: offset)
    if isInverted { block.inverse = first } else { block.body = first }
    switch terminator {
    case .close(let closing, let strip, let place):
      try check(closing, closes: name, at: place, opened: offset)
      block.close = strip
    case .inverse(let strip, _):
      block.middle = strip
      let second = try closingBranch(of: name, opened: offset, close: &block.close)
      if isInverted { block.body = second } else { block.inverse = second }
    case .chain(let before, let place):
      if isInverted { throw error("an inverted block takes no else with a condition", at: place) }
      try chain(onto: block, named: name, before: before, at: place)
    case nil: throw unclosed(name, at: offset)
    }
    return block
  }

  /// Reads the name, the arguments and the block parameters of a block's first tag.
  private mutating func blockHead(
    _ strip: StripFlags,
    at offset: Int
  ) throws(PromptError)
    -> (BlockDraft, name: String, parameters: [String])
  {
    let (callee, arguments) = try call(at: offset)
    let head: Block.Head
    switch try resolved(callee, arguments, at: offset) {
    case .call(let call): head = .call(call)
    case let value: head = .section(value)
    }
    let parameters = try blockParameters()
    let after = try close(at: offset)
    let block = BlockDraft(
      kind: .block(head),
      offset: offset,
      open: StripFlags(before: strip.before, after: after)
    )
    return (block, name(of: callee), parameters)
  }

  /// Reads one branch with its block parameters in reach, and the tag that ends it.
  private mutating func branch(
    _ parameters: [String],
    at offset: Int
  ) throws(PromptError)
    -> (ProgramDraft, Terminator?)
  {
    try deepen(at: offset)
    defer { depth -= 1 }
    if !parameters.isEmpty { self.parameters.append(parameters) }
    defer { if !parameters.isEmpty { self.parameters.removeLast() } }
    let (program, terminator) = try program()
    program.parameters = parameters
    return (program, terminator)
  }

  /// Reads the last branch of a block and its closing tag.
  private mutating func closingBranch(
    of name: String,
    opened offset: Int,
    close: inout StripFlags
  ) throws(PromptError)
    -> ProgramDraft
  {
    let (program, terminator) = try branch([], at: offset)
    switch terminator {
    case .close(let closing, let strip, let place):
      try check(closing, closes: name, at: place, opened: offset)
      close = strip
    case .inverse(_, let place), .chain(_, let place):
      throw error("a second else", at: place)
    case nil: throw unclosed(name, at: offset)
    }
    return program
  }

  /// Reads `else if …` and what follows it; the closing tag is that of the first block.
  private mutating func chain(
    onto block: BlockDraft,
    named name: String,
    before: Bool,
    at offset: Int
  ) throws(PromptError) {
    let (inner, _, parameters) = try blockHead(StripFlags(before: before), at: offset)
    let (first, terminator) = try branch(parameters, at: offset)
    inner.body = first
    switch terminator {
    case .close(let closing, let strip, let place):
      try check(closing, closes: name, at: place, opened: block.offset)
      inner.close = strip
    case .inverse(let strip, _):
      inner.middle = strip
      inner.inverse = try closingBranch(of: name, opened: block.offset, close: &inner.close)
    case .chain(let before, let place):
      try deepen(at: place)
      defer { depth -= 1 }
      try chain(onto: inner, named: name, before: before, at: place)
    case nil: throw unclosed(name, at: block.offset)
    }
    let branch = ProgramDraft()
    branch.body = [.block(inner)]
    branch.isChained = true
    block.inverse = branch
    block.middle = inner.open
    block.close = inner.close
  }

  private mutating func partialBlock(
    _ strip: StripFlags,
    at offset: Int
  ) throws(PromptError)
    -> BlockDraft
  {
    let start = position
    let (name, arguments) = try partialCall(at: offset)
    let after = try close(at: offset)
    let block = BlockDraft(
      kind: .partial(name: name, arguments: arguments),
      offset: offset,
      open: StripFlags(before: strip.before, after: after)
    )
    let closing: String
    switch name {
    case .fixed(let name): closing = name
    case .partialBlock: closing = "@partial-block"
    case .dynamic: throw error("a partial block needs a plain name", at: start)
    }
    block.body = try closingBranch(of: closing, opened: offset, close: &block.close)
    return block
  }

  private mutating func inlinePartial(
    _ strip: StripFlags,
    at offset: Int
  ) throws(PromptError)
    -> BlockDraft
  {
    let (callee, arguments) = try call(at: offset)
    guard name(of: callee) == "inline" else {
      throw error("a decorator can only be {{#*inline}}", at: offset)
    }
    guard let name = arguments.positional.first, arguments.positional.count == 1 else {
      throw error("an inline partial needs a name", at: offset, hint: #"{{#*inline "name"}}"#)
    }
    let after = try close(at: offset)
    let block = BlockDraft(
      kind: .inlinePartial(name: name),
      offset: offset,
      open: StripFlags(before: strip.before, after: after)
    )
    block.body = try closingBranch(of: "inline", opened: offset, close: &block.close)
    return block
  }

  /// Reads `{{{{name}}}} … {{{{/name}}}}`, whose contents are text.
  mutating func rawBlock(at offset: Int) throws(PromptError) -> BlockDraft {
    if peek() == UInt8(ascii: "/") { throw error("no raw block is open", at: offset) }
    let (callee, arguments) = try call(at: offset)
    let name = name(of: callee)
    let head: Block.Head
    switch try resolved(callee, arguments, at: offset) {
    case .call(let call): head = .call(call)
    case let value: head = .section(value)
    }
    guard skip("}}}}") else { throw error("}}}} is due", at: position) }
    let start = position
    guard let close = rawBlockEnd(name) else {
      throw error("the raw block \(name) is not closed", at: offset, hint: "{{{{/\(name)}}}}")
    }
    let block = BlockDraft(kind: .block(head), offset: offset, open: StripFlags())
    let body = ProgramDraft()
    if close > start { body.body = [.text(TextDraft(string(start..<close), offset: start))] }
    block.body = body
    return block
  }

  /// Passes the closing tag of a raw block and returns its position; raw blocks inside are text.
  private mutating func rawBlockEnd(_ name: String) -> Int? {
    var depth = 1
    while let open = find("{", times: 4, from: position) {
      position = open + 4
      guard peek() == UInt8(ascii: "/") else {
        depth += 1
        continue
      }
      depth -= 1
      if depth == 0 { return skip("/\(name)}}}}") ? open : nil }
    }
    return nil
  }

  mutating func closingTag(_ strip: StripFlags, at offset: Int) throws(PromptError) -> Terminator {
    skipSpace()
    let name = name(of: try operand())
    let after = try close(at: offset)
    return .close(name: name, StripFlags(before: strip.before, after: after), offset: offset)
  }

  /// Reads a tag from behind its word `else`.
  mutating func elseTag(_ strip: StripFlags, at offset: Int) throws(PromptError) -> Terminator {
    if let after = try emptyTag() {
      return .inverse(StripFlags(before: strip.before, after: after), offset: offset)
    }
    return .chain(before: strip.before, offset: offset)
  }

  private func check(
    _ closing: String,
    closes name: String,
    at place: Int,
    opened offset: Int
  ) throws(PromptError) {
    if closing == name { return }
    let line = text.location(of: offset).line
    throw error("{{/\(closing)}} closes the block \(name) of line \(line)", at: place)
  }

  private func unclosed(_ name: String, at offset: Int) -> PromptError {
    error("the block \(name) is not closed", at: offset, hint: "add {{/\(name)}}")
  }
}
