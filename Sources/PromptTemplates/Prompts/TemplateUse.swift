internal import OrderedJSON

/// One thing a template says, in the order of rendering: text, a variable, a helper or a partial.
///
/// A linter reads prompts through these, without parsing them again.
public struct TemplateUse: Sendable {
  /// What is said.
  public enum Kind: Hashable, Sendable {
    /// Literal text.
    case text(String)
    /// A variable of the prompt's input, by its first name.
    case input(String)
    /// A variable of an inner context, or a block parameter, as written.
    case member(String)
    /// A variable with `@`, as written.
    case data(String)
    /// A helper by its name; its arguments follow.
    case helper(String)
    /// A partial by its name; what it says follows.
    case partial(String)
    /// A partial that nobody has, by its name; rendering fails where it is included.
    case missingPartial(String)
  }

  /// What is said.
  public let kind: Kind
  /// How many blocks are open around it.
  public let depth: Int
  fileprivate let text: PromptText
  fileprivate let offset: Int

  /// Where it begins.
  public var location: PromptLocation { text.location(of: offset) }

  /// The place so many bytes of UTF-8 into a literal text.
  public func location(after bytes: Int) -> PromptLocation { text.location(of: offset + bytes) }
}

extension PromptTemplate {
  /// What the template and the partials it includes say, in order.
  ///
  /// A partial is entered at its first place only, so the list ends for one that includes itself.
  public var uses: [TemplateUse] {
    var walker = TemplateWalker(partials: partials, from: template.program)
    walker.walk(template.program, in: template, level: 0)
    return walker.uses
  }
}

/// Lists what a template says.
private struct TemplateWalker {
  let partials: PartialTable
  var uses: [TemplateUse] = []
  private var visited: Set<String> = []
  private var blocks = 0

  /// The names of partials that are defined where they are used.
  private let inlineNames: Set<String>

  init(partials: PartialTable, from program: Program) {
    self.partials = partials
    let programs = [program] + partials.templates.values.map(\.program)
    inlineNames = Set(programs.flatMap(\.inlinePartialNames))
  }

  /// Walks a program; the level counts contexts between it and the input.
  mutating func walk(_ program: Program, in template: ParsedTemplate, level: Int) {
    for node in program.nodes {
      switch node {
      case .text(let text, let offset): add(.text(text), at: offset, in: template)
      case .output(let expression): walk(expression, in: template, level: level)
      case .block(let block): walk(block, in: template, level: level)
      case .partial(let partial): walk(partial, in: template, level: level)
      }
    }
    for partial in program.inlinePartials { walk(partial.body, in: template, level: level + 1) }
  }

  private mutating func walk(_ block: Block, in template: ParsedTemplate, level: Int) {
    let entersContext: Bool
    switch block.head {
    case .section(let expression):
      entersContext = true
      walk(expression, in: template, level: level)
    case .call(let call):
      entersContext =
        switch call.helper {
        case .each, .with: true
        default: false
        }
      walk(.call(call), in: template, level: level)
    }
    blocks += 1
    walk(block.body, in: template, level: level + (entersContext ? 1 : 0))
    walk(block.inverse, in: template, level: level)
    blocks -= 1
  }

  private mutating func walk(
    _ partial: PartialInclusion,
    in template: ParsedTemplate,
    level: Int
  ) {
    if let context = partial.context { walk(context, in: template, level: level) }
    for (_, value) in partial.variables { walk(value, in: template, level: level) }
    if case .dynamic(let name) = partial.name { walk(name, in: template, level: level) }
    guard case .fixed(let name) = partial.name else { return }
    let isThere = partials.templates[name] != nil || inlineNames.contains(name)
    let isMissing = !isThere && partial.block == nil
    add(isMissing ? .missingPartial(name) : .partial(name), at: partial.offset, in: template)
    let isInner = level > 0 || partial.context != nil || !partial.variables.isEmpty
    if let included = partials.templates[name], visited.insert(name).inserted {
      walk(included.program, in: included, level: isInner ? 1 : 0)
    }
    if let block = partial.block { walk(block, in: template, level: level) }
  }

  private mutating func walk(_ expression: Expression, in template: ParsedTemplate, level: Int) {
    switch expression {
    case .literal: break
    case .path(let path): add(kind(of: path, level: level), at: path.offset, in: template)
    case .call(let call):
      add(.helper(call.name), at: call.offset, in: template)
      for argument in call.arguments.positional { walk(argument, in: template, level: level) }
      for (_, value) in call.arguments.named { walk(value, in: template, level: level) }
    }
  }

  private func kind(of path: VariablePath, level: Int) -> TemplateUse.Kind {
    switch path.root {
    case .data:
      path.names.first == "root" && path.names.count > 1
        ? .input(path.names[1]) : .data(path.original)
    case .blockParameter: .member(path.original)
    case .context(let depth):
      if level <= depth, let name = path.names.first {
        .input(name)
      } else {
        .member(path.original)
      }
    }
  }

  private mutating func add(
    _ kind: TemplateUse.Kind,
    at offset: Int,
    in template: ParsedTemplate
  ) {
    uses.append(TemplateUse(kind: kind, depth: blocks, text: template.text, offset: offset))
  }
}

extension Program {
  /// The literal names of the partials defined in the program and in the blocks within it.
  fileprivate var inlinePartialNames: [String] {
    inlinePartials.flatMap { partial -> [String] in
      let inner = partial.body.inlinePartialNames
      guard case .literal(.string(let name)?) = partial.name else { return inner }
      return [name] + inner
    } + nodes.flatMap(\.inlinePartialNames)
  }
}

extension Node {
  fileprivate var inlinePartialNames: [String] {
    switch self {
    case .block(let block): block.body.inlinePartialNames + block.inverse.inlinePartialNames
    case .partial(let partial): partial.block?.inlinePartialNames ?? []
    case .text, .output: []
    }
  }
}
