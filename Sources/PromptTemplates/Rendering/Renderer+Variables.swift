internal import OrderedJSON

extension Renderer {
  /// What the value of a variable is read for.
  enum Use {
    /// To be printed.
    case output
    /// To be tested or passed on; a missing member of a given value is no mistake here.
    case argument
  }

  /// The value of a variable; `nil` when it is missing and may be.
  func value(of path: VariablePath, scope: Scope, use: Use) throws(PromptError) -> JSONValue? {
    switch path.root {
    case .context(let depth):
      var link = scope.context
      for _ in 0..<depth { link = link?.parent }
      return try member(of: link, path, scope: scope, use: use)
    case .blockParameter(let level, let position):
      var list = scope.parameters
      for _ in 0..<level { list = list?.parent }
      let values = list?.values ?? []
      let base = values.indices.contains(position) ? values[position] : nil
      return try follow(path.names[...], from: base, path, scope: scope, use: use)
    case .data(let depth):
      var frame: DataFrame? = scope.data
      for _ in 0..<depth { frame = frame?.parent }
      guard let first = path.names.first else { return nil }
      let base = frame?[first]
      if base == nil { try refuse(path, scope: scope, use: use, hint: nil) }
      return try follow(path.names.dropFirst(), from: base, path, scope: scope, use: use)
    }
  }

  private func member(
    of link: ContextLink?,
    _ path: VariablePath,
    scope: Scope,
    use: Use
  ) throws(PromptError)
    -> JSONValue?
  {
    guard let first = path.names.first else { return link?.value }
    guard let found = JavaScriptText.property(first, of: link?.value) else {
      if let link, link.isInput {
        if !policy.allowsMissing(first) { throw undeclared(first, path, scope) }
      } else {
        try refuse(path, scope: scope, use: use, hint: outerHint(first, path, scope))
      }
      return nil
    }
    return try follow(path.names.dropFirst(), from: found, path, scope: scope, use: use)
  }

  private func follow(
    _ names: ArraySlice<String>,
    from base: JSONValue?,
    _ path: VariablePath,
    scope: Scope,
    use: Use
  ) throws(PromptError)
    -> JSONValue?
  {
    guard var value = base else { return nil }
    for name in names {
      guard let next = JavaScriptText.property(name, of: value) else {
        try refuse(path, scope: scope, use: use, hint: members(of: value))
        return nil
      }
      value = next
    }
    return value
  }

  /// Refuses a variable that is missing and is to be printed.
  private func refuse(
    _ path: VariablePath,
    scope: Scope,
    use: Use,
    hint: @autoclosure () -> String?
  ) throws(PromptError) {
    guard use == .output, policy.isStrict else { return }
    throw error(
      .unknownVariable,
      "\(path.original) has no value here",
      hint: hint(),
      at: path.offset,
      in: scope
    )
  }

  private func undeclared(_ name: String, _ path: VariablePath, _ scope: Scope) -> PromptError {
    error(
      .unknownVariable,
      "the variable \(name) is neither given nor declared",
      hint: "give it a value, or declare it: input: { schema: { \(name)?: string } }",
      at: path.offset,
      in: scope
    )
  }

  private func members(of value: JSONValue) -> String? {
    guard let keys = value.object?.keys, !keys.isEmpty else { return nil }
    return "the members are " + keys.prefix(12).joined(separator: ", ")
  }

  /// How to reach a name from an inner context, when an outer one has it.
  private func outerHint(_ name: String, _ path: VariablePath, _ scope: Scope) -> String? {
    guard case .context(let depth) = path.root else { return nil }
    var link = scope.context
    for _ in 0..<depth { link = link?.parent }
    var steps = 1
    while let outer = link?.parent {
      if JavaScriptText.property(name, of: outer.value) != nil {
        return "the context around has it: " + String(repeating: "../", count: steps + depth) + name
      }
      link = outer
      steps += 1
    }
    return nil
  }
}
