internal import OrderedJSON

extension Renderer {
  /// What a partial's tag includes.
  private enum Target {
    case template(ParsedTemplate)
    /// An inline partial.
    case inline(BlockClosure)
    /// The block that was passed to the partial being rendered.
    case passedBlock(BlockClosure)
    /// The tag's own block, in place of a partial that is missing.
    case ownBlock(Program)
  }

  func render(
    _ partial: PartialInclusion,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    let name = try name(of: partial, scope: scope)
    let target = try target(of: partial, named: name, scope: scope)
    openPartials.append(name)
    defer { openPartials.removeLast() }
    guard !partial.indent.isEmpty else {
      try render(target, of: partial, scope: scope, into: &output)
      return
    }
    var rendered = RenderedText()
    try render(target, of: partial, scope: scope, into: &rendered)
    output.append(rendered.indented(partial.indent))
  }

  private func target(
    of partial: PartialInclusion,
    named name: String,
    scope: Scope
  ) throws(PromptError)
    -> Target
  {
    if case .partialBlock = partial.name {
      if let block = scope.data.partialBlock { return .passedBlock(block) }
    } else if let inline = InlinePartialLink.find(name, from: scope.inlinePartials) {
      return .inline(inline)
    } else if let template = try partials.template(named: name) {
      return .template(template)
    }
    if let block = partial.block { return .ownBlock(block) }
    throw error(
      .unknownPartial,
      name == "@partial-block" ? "no block was passed here" : "no partial has the name \(name)",
      at: partial.offset,
      in: scope
    )
  }

  private func render(
    _ target: Target,
    of partial: PartialInclusion,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    let context = try context(of: partial, scope: scope)
    switch target {
    case .template(let template):
      let outer = Scope(
        template: template,
        context: nil,
        parameters: nil,
        data: data(for: partial, scope: scope),
        inlinePartials: inlinePartials(for: partial, scope: scope)
      )
      var inner = outer
      inner.context = context.map(ContextLink.init(isolating:))
      try render(template.program, scope: inner, definedIn: outer, into: &output)
    case .inline(let closure):
      var inner = closure.scope.entering(context)
      inner.data = data(for: partial, scope: scope)
      inner.inlinePartials = inlinePartials(for: partial, scope: scope)
      try render(closure.body, scope: inner, definedIn: closure.scope, into: &output)
    case .passedBlock(let closure):
      var inner = closure.scope.entering(context)
      inner.data = DataFrame(.partialBlock(closure.scope.data.partialBlock), parent: scope.data)
      inner.inlinePartials = scope.inlinePartials
      try render(closure.body, scope: inner, definedIn: closure.scope, into: &output)
    case .ownBlock(let block):
      var inner = scope.entering(context)
      let data = data(for: partial, scope: scope)
      inner.data = DataFrame(.partialBlock(scope.data.partialBlock), parent: data)
      try render(block, scope: inner, definedIn: scope, into: &output)
    }
  }

  private func data(for partial: PartialInclusion, scope: Scope) -> DataFrame {
    guard let block = partial.block else { return scope.data }
    let closure = BlockClosure(body: block, scope: scope)
    return DataFrame(.partialBlock(closure), parent: scope.data)
  }

  /// The inline partials an included partial sees: those defined in the block passed to it first.
  private func inlinePartials(
    for partial: PartialInclusion,
    scope: Scope
  ) -> InlinePartialLink? {
    var link = scope.inlinePartials
    for inline in partial.block?.inlinePartials ?? [] {
      guard case .literal(.string(let name)?) = inline.name else { continue }
      let closure = BlockClosure(body: inline.body, scope: scope)
      link = InlinePartialLink(name: name, closure: closure, next: link)
    }
    return link
  }

  private func name(of partial: PartialInclusion, scope: Scope) throws(PromptError) -> String {
    switch partial.name {
    case .fixed(let name): return name
    case .partialBlock: return "@partial-block"
    case .dynamic(let expression):
      let value = try value(of: expression, scope: scope)
      guard let value, !JavaScriptText.isEmpty(value) else {
        throw error(.unknownPartial, "the partial's name is empty", at: partial.offset, in: scope)
      }
      return JavaScriptText.text(of: value)
    }
  }

  /// The context passed to a partial, with the variables given by name on top of it.
  private func context(
    of partial: PartialInclusion,
    scope: Scope
  ) throws(PromptError)
    -> ContextLink?
  {
    var context = scope.context
    if let expression = partial.context, !isThis(expression) {
      context = ContextLink(try value(of: expression, scope: scope), parent: nil)
    }
    if partial.variables.isEmpty { return context }
    var members = context?.value?.object ?? JSONObject()
    for (name, expression) in partial.variables {
      // A variable without value hides one of the same name further out.
      members[name] = try value(of: expression, scope: scope) ?? .null
    }
    return ContextLink(.object(members), parent: nil, isInput: context?.isInput ?? false)
  }
}

extension Scope {
  /// The scope with another context, unless it is the present one.
  fileprivate func entering(_ link: ContextLink?) -> Scope {
    guard let link, !link.isSame(as: context) else { return self }
    var scope = self
    scope.context = ContextLink(link.value, parent: context, isInput: link.isInput)
    return scope
  }
}
