internal import OrderedJSON

extension Renderer {
  func render(
    _ block: Block,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    switch block.head {
    case .call(let call): try run(call, block: block, scope: scope, into: &output)
    case .section(let expression):
      let value = try value(of: expression, scope: scope)
      try renderSection(block, value, isThis: isThis(expression), scope: scope, into: &output)
    }
  }

  /// Renders the main branch, or the other one, in the context of the tag.
  func renderBranch(
    _ isMain: Bool,
    of block: Block,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    try enter(isMain ? block.body : block.inverse, scope: scope, outer: scope, into: &output)
  }

  /// A block named after a value: a list repeats its body, another value is entered once.
  private func renderSection(
    _ block: Block,
    _ value: JSONValue?,
    isThis: Bool,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    switch value {
    case .bool(true)?: try renderBranch(true, of: block, scope: scope, into: &output)
    case nil, .null?, .bool(false)?: try renderBranch(false, of: block, scope: scope, into: &output)
    case .array?: try renderEach(value, of: block, scope: scope, into: &output)
    default:
      let inner = isThis ? scope : scope.entering(value)
      try enter(block.body, scope: inner, outer: scope, into: &output)
    }
  }

  func renderWith(
    _ value: JSONValue?,
    isThis: Bool,
    of block: Block,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    if JavaScriptText.isEmpty(value) {
      try renderBranch(false, of: block, scope: scope, into: &output)
    } else {
      let inner = isThis ? scope : scope.entering(value)
      try enter(block.body, scope: inner, outer: scope, parameters: [value], into: &output)
    }
  }

  func renderEach(
    _ value: JSONValue?,
    of block: Block,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    switch value {
    case .array(let elements)? where !elements.isEmpty:
      for (index, element) in elements.enumerated() {
        let position = (index, JSONValue(index), index + 1 == elements.count)
        try renderElement(element, at: position, of: block, scope: scope, into: &output)
      }
    case .object(let object)? where !object.isEmpty:
      for (index, member) in object.members.enumerated() {
        let position = (index, JSONValue(member.key), index + 1 == object.count)
        try renderElement(member.value, at: position, of: block, scope: scope, into: &output)
      }
    default: try renderBranch(false, of: block, scope: scope, into: &output)
    }
  }

  private func renderElement(
    _ element: JSONValue,
    at position: (index: Int, key: JSONValue, isLast: Bool),
    of block: Block,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    var inner = scope.entering(element)
    inner.data = DataFrame(
      .loop(index: position.index, key: position.key, isLast: position.isLast),
      parent: scope.data
    )
    try enter(
      block.body,
      scope: inner,
      outer: scope,
      parameters: [element, position.key],
      into: &output
    )
  }

  /// Renders a branch with the values of its block parameters.
  func enter(
    _ program: Program,
    scope: Scope,
    outer: Scope,
    parameters: [JSONValue?] = [],
    into output: inout RenderedText
  ) throws(PromptError) {
    guard program.parameterCount > 0 else {
      try render(program, scope: scope, definedIn: outer, into: &output)
      return
    }
    var scope = scope
    scope.parameters = ParameterLink(parameters, parent: scope.parameters)
    try render(program, scope: scope, definedIn: outer, into: &output)
  }

  /// Whether an expression is the context itself, which a block then does not enter anew.
  func isThis(_ expression: Expression) -> Bool {
    if case .path(let path) = expression { path.isThis } else { false }
  }
}
