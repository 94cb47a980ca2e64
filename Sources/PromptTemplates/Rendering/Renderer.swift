internal import OrderedJSON

/// Renders one prompt once; work, depth and size are bounded.
final class Renderer {
  /// The deepest nesting of blocks and partials while rendering.
  static let maximumDepth = 128
  /// The most nodes rendered for one prompt.
  static let maximumSteps = 10_000_000
  /// The largest rendered prompt, in bytes.
  static let maximumSize = 64 << 20

  let partials: PartialTable
  let policy: VariablePolicy
  let log: (@Sendable (String) -> Void)?
  private var depth = 0
  private var steps = 0
  private let maximumSteps: Int
  /// The partials being rendered, outermost first, for the error of one without an end.
  var openPartials: [String] = []

  init(
    partials: PartialTable,
    policy: VariablePolicy,
    log: (@Sendable (String) -> Void)?,
    maximumSteps: Int = Renderer.maximumSteps
  ) {
    self.partials = partials
    self.policy = policy
    self.log = log
    self.maximumSteps = maximumSteps
  }

  /// Renders a whole template.
  func render(
    _ template: ParsedTemplate,
    input: JSONValue,
    data: DataFrame
  ) throws(PromptError)
    -> RenderedText
  {
    let scope = Scope(
      template: template,
      context: nil,
      parameters: nil,
      data: data,
      inlinePartials: nil
    )
    var inner = scope
    inner.context = ContextLink(input, parent: nil, isInput: true)
    var output = RenderedText()
    try render(template.program, scope: inner, definedIn: scope, into: &output)
    return output
  }

  /// Renders a program.
  ///
  /// - Parameter outer: The scope around the program, which its inline partials see.
  func render(
    _ program: Program,
    scope: Scope,
    definedIn outer: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw tooDeep(scope) }
    if program.inlinePartials.isEmpty {
      for node in program.nodes { try render(node, scope: scope, into: &output) }
    } else {
      var scope = scope
      try define(program.inlinePartials, in: &scope, definedIn: outer)
      for node in program.nodes { try render(node, scope: scope, into: &output) }
    }
  }

  private func define(
    _ partials: [InlinePartial],
    in scope: inout Scope,
    definedIn outer: Scope
  ) throws(PromptError) {
    for partial in partials {
      guard let name = try value(of: partial.name, scope: scope) else {
        throw error(.value, "the inline partial's name is empty", at: partial.offset, in: scope)
      }
      scope.inlinePartials = InlinePartialLink(
        name: JavaScriptText.text(of: name),
        closure: BlockClosure(body: partial.body, scope: outer),
        next: scope.inlinePartials
      )
    }
  }

  private func render(
    _ node: Node,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    steps += 1
    if steps > maximumSteps { throw tooMuch("work, more than \(maximumSteps) tags") }
    switch node {
    case .text(let text, _): output.append(text)
    case .output(let expression): try print(expression, scope: scope, into: &output)
    case .block(let block): try render(block, scope: scope, into: &output)
    case .partial(let partial): try render(partial, scope: scope, into: &output)
    }
    if output.text.utf8.count > Self.maximumSize {
      throw tooMuch("text, more than \(Self.maximumSize) bytes")
    }
  }

  private func print(
    _ expression: Expression,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    switch expression {
    case .literal(let value): if let value { output.append(JavaScriptText.text(of: value)) }
    case .call(let call): try run(call, block: nil, scope: scope, into: &output)
    case .path(let path):
      guard let value = try value(of: path, scope: scope, use: .output) else { return }
      try append(value, to: &output, at: path.offset, of: path.original, in: scope)
    }
  }

  /// Prints a value; an object has no text worth sending, so strict rendering refuses it.
  func append(
    _ value: JSONValue,
    to output: inout RenderedText,
    at offset: Int,
    of name: String,
    in scope: Scope
  ) throws(PromptError) {
    if case .string(let text) = value {
      output.append(text)
      return
    }
    if policy.isStrict, value.object != nil {
      throw error(
        .value,
        "\(name) is an object, which has no text",
        hint: "print one of its members, or all of it with {{json \(name)}}",
        at: offset,
        in: scope
      )
    }
    output.append(JavaScriptText.text(of: value))
  }

  /// The value of an argument; `nil` is `undefined`.
  func value(of expression: Expression, scope: Scope) throws(PromptError) -> JSONValue? {
    switch expression {
    case .literal(let value): return value
    case .path(let path): return try value(of: path, scope: scope, use: .argument)
    case .call(let call): return try result(of: call, scope: scope)
    }
  }

  func error(
    _ code: PromptError.Code,
    _ message: String,
    hint: String? = nil,
    at offset: Int,
    in scope: Scope
  ) -> PromptError {
    PromptError(code, message, hint: hint, at: scope.template.text.location(of: offset))
  }

  private func tooDeep(_ scope: Scope) -> PromptError {
    let chain = openPartials.suffix(4).joined(separator: " → ")
    return PromptError(
      .limit,
      "blocks and partials are nested deeper than \(Self.maximumDepth) levels",
      hint: chain.isEmpty ? nil : "does a partial include itself without an end? … → \(chain)",
      at: scope.template.text.location(of: 0)
    )
  }

  private func tooMuch(_ what: String) -> PromptError {
    PromptError(.limit, "rendering the prompt takes too much \(what)")
  }
}
