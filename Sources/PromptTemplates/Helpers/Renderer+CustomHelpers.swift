internal import OrderedJSON

extension Renderer {
  /// Runs a caller's helper and gives an error of it the tag's place.
  func run(
    _ helper: PromptHelper,
    _ call: HelperInvocation,
    block: Block?,
    scope: Scope
  ) throws(PromptError)
    -> PromptHelper.Result
  {
    var named: [String: JSONValue?] = [:]
    for (name, expression) in call.arguments.named {
      named.updateValue(try value(of: expression, scope: scope), forKey: name)
    }
    let arguments = try call.arguments.positional.map { expression throws(PromptError) in
      try value(of: expression, scope: scope)
    }
    let helperCall = PromptHelper.Call(
      arguments: arguments,
      named: named,
      context: scope.context?.value,
      isBlock: block != nil,
      renderBranch: { branch, passing in
        guard let block else { return RenderedText() }
        let program = branch == .body ? block.body : block.inverse
        return try self.render(program, passing, scope: scope)
      },
      lookUpData: { scope.data[$0] }
    )
    do {
      return try helper.body(helperCall)
    } catch let error as PromptError {
      throw error.location == nil
        ? self.error(error.code, error.message, hint: error.hint, at: call.offset, in: scope)
        : error
    } catch {
      throw self.error(.value, "\(call.name): \(error)", at: call.offset, in: scope)
    }
  }

  private func render(
    _ program: Program,
    _ passing: PromptHelper.Call.Passing,
    scope: Scope
  ) throws(PromptError)
    -> RenderedText
  {
    var inner = scope
    if let context = passing.context { inner = scope.entering(context) }
    if !passing.data.isEmpty {
      inner.data = DataFrame(.values(passing.data), parent: scope.data)
    }
    var output = RenderedText()
    try enter(program, scope: inner, outer: scope, parameters: passing.parameters, into: &output)
    return output
  }
}
