/// A piece of a template whose white space is not settled yet.
enum Draft {
  case text(TextDraft)
  case comment(StripFlags)
  case output(Expression, StripFlags)
  case block(BlockDraft)
  case partial(PartialDraft)

  var text: TextDraft? {
    if case .text(let text) = self { text } else { nil }
  }
}

/// Where a tag asks with `~` to remove white space: before it, after it.
struct StripFlags {
  var before = false
  var after = false
}

/// The contents of a template or branch while its white space is settled.
final class ProgramDraft {
  var body: [Draft] = []
  var parameters: [String] = []
  /// Whether this is the branch of an `else if`, which holds just that block.
  var isChained = false
}

/// Literal text, whose ends tags around it may strip.
final class TextDraft {
  let original: String
  var value: String
  /// Where the value begins in the template.
  var offset: Int
  var isStrippedAtStart = false
  var isStrippedAtEnd = false

  init(_ text: String, offset: Int) {
    original = text
    value = text
    self.offset = offset
  }
}

/// A block with its tags.
final class BlockDraft {
  enum Kind {
    case block(Block.Head)
    case inlinePartial(name: Expression)
    case partial(name: PartialInclusion.Name, arguments: Arguments)
  }

  let kind: Kind
  let offset: Int
  let open: StripFlags
  /// The main branch; missing when the block begins inverted and has no `else`.
  var body: ProgramDraft?
  var inverse: ProgramDraft?
  var middle = StripFlags()
  var close = StripFlags()

  init(kind: Kind, offset: Int, open: StripFlags) {
    self.kind = kind
    self.offset = offset
    self.open = open
  }
}

/// A partial's tag.
final class PartialDraft {
  let name: PartialInclusion.Name
  let arguments: Arguments
  let strip: StripFlags
  let offset: Int
  var indent = ""

  init(
    name: PartialInclusion.Name,
    arguments: Arguments,
    strip: StripFlags,
    offset: Int
  ) {
    self.name = name
    self.arguments = arguments
    self.strip = strip
    self.offset = offset
  }
}

extension ProgramDraft {
  /// The program to render; comments and empty texts fall away.
  func settled() -> Program {
    var program = Program()
    program.parameterCount = parameters.count
    for draft in body {
      switch draft {
      case .text(let text):
        guard !text.value.isEmpty else { continue }
        program.nodes.append(.text(text.value, offset: text.offset))
      case .comment: break
      case .output(let expression, _): program.nodes.append(.output(expression))
      case .partial(let partial): program.nodes.append(.partial(partial.settled()))
      case .block(let block): block.settle(into: &program)
      }
    }
    return program
  }
}

extension PartialDraft {
  fileprivate func settled() -> PartialInclusion {
    PartialInclusion(
      name: name,
      arguments: arguments,
      indent: indent,
      block: nil,
      offset: offset
    )
  }
}

extension BlockDraft {
  fileprivate func settle(into program: inout Program) {
    let body = body?.settled() ?? Program()
    switch kind {
    case .block(let head):
      let inverse = inverse?.settled() ?? Program()
      program.nodes.append(
        .block(Block(head: head, body: body, inverse: inverse, offset: offset))
      )
    case .inlinePartial(let name):
      program.inlinePartials.append(InlinePartial(name: name, body: body, offset: offset))
    case .partial(let name, let arguments):
      let partial = PartialInclusion(
        name: name,
        arguments: arguments,
        indent: "",
        block: body,
        offset: offset
      )
      program.nodes.append(.partial(partial))
    }
  }
}
