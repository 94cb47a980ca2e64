/// One piece of a template, ready to render.
enum Node: Sendable {
  case text(String, offset: Int)
  case output(Expression)
  case block(Block)
  case partial(PartialInclusion)
}

/// The contents of a template or of one branch of a block.
struct Program: Sendable {
  var nodes: [Node] = []
  /// Partials defined with `{{#*inline}}`; they hold in the whole program, also before their place.
  var inlinePartials: [InlinePartial] = []
  /// How many block parameters `as |…|` names.
  var parameterCount = 0

  var isEmpty: Bool { nodes.isEmpty }
}

/// A block with its branches.
final class Block: Sendable {
  enum Head: Sendable {
    case call(HelperInvocation)
    /// A section: the value decides between one body, one per element, and the other branch.
    case section(Expression)
  }

  let head: Head
  let body: Program
  let inverse: Program
  let offset: Int

  init(head: Head, body: Program, inverse: Program, offset: Int) {
    self.head = head
    self.body = body
    self.inverse = inverse
    self.offset = offset
  }
}

/// A partial defined inside a template.
final class InlinePartial: Sendable {
  let name: Expression
  let body: Program
  let offset: Int

  init(name: Expression, body: Program, offset: Int) {
    self.name = name
    self.body = body
    self.offset = offset
  }
}

/// The place of a partial, with what is passed to it.
final class PartialInclusion: Sendable {
  enum Name: Sendable {
    case fixed(String)
    /// A name computed while rendering.
    case dynamic(Expression)
    /// The block passed to the partial that is being rendered.
    case partialBlock
  }

  let name: Name
  /// The context to pass; `nil` passes the current one.
  let context: Expression?
  let variables: [(name: String, value: Expression)]
  /// White space to put before each line, when the tag stands alone on its line.
  let indent: String
  /// The contents of `{{#> name}}`, rendered when the partial is missing, or by the partial.
  let block: Program?
  let offset: Int

  init(
    name: Name,
    arguments: Arguments,
    indent: String,
    block: Program?,
    offset: Int
  ) {
    self.name = name
    context = arguments.positional.first
    variables = arguments.named
    self.indent = indent
    self.block = block
    self.offset = offset
  }
}

/// A template or partial with its text, for the places of errors.
final class ParsedTemplate: Sendable {
  let text: PromptText
  let program: Program
  /// The names of partials that are not computed, in order of first use.
  let partialNames: [String]

  init(text: PromptText, program: Program, partialNames: [String]) {
    self.text = text
    self.program = program
    self.partialNames = partialNames
  }
}
