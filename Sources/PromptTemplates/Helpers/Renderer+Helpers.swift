internal import OrderedJSON

extension Renderer {
  /// Runs a helper where its result is printed.
  func run(
    _ call: HelperInvocation,
    block: Block?,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    switch call.helper {
    case .if, .unless, .each, .with, .ifEquals, .unlessEquals, .raw:
      guard let block else {
        throw error(
          .syntax,
          "\(call.name) needs a body",
          hint: "{{#\(call.name) …}} … {{/\(call.name)}}",
          at: call.offset,
          in: scope
        )
      }
      try runBlock(call, block, scope: scope, into: &output)
    case .role, .history, .media, .section: try mark(call, scope: scope, into: &output)
    case .custom(let helper):
      switch try run(helper, call, block: block, scope: scope) {
      case .rendered(let text): output.append(text)
      case .value(let value?):
        try append(value, to: &output, at: call.offset, of: call.name, in: scope)
      case .value(nil): break
      }
    case .lookup, .log, .json:
      if let value = try result(of: call, scope: scope) {
        try append(value, to: &output, at: call.offset, of: call.name, in: scope)
      }
    }
  }

  /// Runs a helper where its result is an argument.
  func result(of call: HelperInvocation, scope: Scope) throws(PromptError) -> JSONValue? {
    switch call.helper {
    case .lookup:
      let values = try arguments(call, 2, scope: scope)
      // What counts as false is given back itself, as JavaScript does.
      if JavaScriptText.isEmpty(values[0]) || JavaScriptText.isZero(values[0]) { return values[0] }
      guard let key = values[1] else { return nil }
      return JavaScriptText.property(JavaScriptText.text(of: key), of: values[0])
    case .log:
      if let log {
        let values = try call.arguments.positional.map { expression throws(PromptError) in
          try value(of: expression, scope: scope).map(JavaScriptText.text) ?? ""
        }
        log(values.joined(separator: " "))
      }
      return nil
    case .json: return try json(call, scope: scope)
    case .custom(let helper):
      switch try run(helper, call, block: nil, scope: scope) {
      case .value(let value): return value
      case .rendered(let text): return .string(text.text)
      }
    default:
      throw error(.syntax, "\(call.name) has no value to pass on", at: call.offset, in: scope)
    }
  }

  private func runBlock(
    _ call: HelperInvocation,
    _ block: Block,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    switch call.helper {
    case .if, .unless:
      let value = try arguments(call, 1, scope: scope)[0]
      let withZero = try named("includeZero", call, scope: scope)
      let counts = JavaScriptText.isEmpty(withZero) && JavaScriptText.isZero(value)
      let isTrue = !counts && !JavaScriptText.isEmpty(value)
      let isMain = if case .if = call.helper { isTrue } else { !isTrue }
      try renderBranch(isMain, of: block, scope: scope, into: &output)
    case .ifEquals, .unlessEquals:
      let values = try arguments(call, 2, scope: scope)
      let areEqual = JavaScriptText.areEqual(values[0], values[1])
      let isMain = if case .ifEquals = call.helper { areEqual } else { !areEqual }
      try renderBranch(isMain, of: block, scope: scope, into: &output)
    case .each:
      let value = try arguments(call, 1, scope: scope)[0]
      try renderEach(value, of: block, scope: scope, into: &output)
    case .with:
      let value = try arguments(call, 1, scope: scope)[0]
      let isThis = isThis(call.arguments.positional[0])
      try renderWith(value, isThis: isThis, of: block, scope: scope, into: &output)
    default: try renderBranch(true, of: block, scope: scope, into: &output)
    }
  }

  private func mark(
    _ call: HelperInvocation,
    scope: Scope,
    into output: inout RenderedText
  ) throws(PromptError) {
    switch call.helper {
    case .history: output.mark(.history)
    case .section: output.mark(.section(try word(call, scope: scope)))
    case .role:
      var metadata = JSONObject()
      for (name, expression) in call.arguments.named {
        let value = try value(of: expression, scope: scope) ?? .null
        metadata[name] = .string(JavaScriptText.text(of: value))
      }
      output.mark(.role(try roleName(call, scope: scope), metadata: metadata))
    default:
      let type = try named("contentType", call, scope: scope)
      guard let url = try named("url", call, scope: scope), !JavaScriptText.isEmpty(url) else {
        guard policy.isStrict else { return }
        throw error(.value, "media needs a url", at: call.offset, in: scope)
      }
      let contentType = JavaScriptText.isEmpty(type) ? nil : type.map(JavaScriptText.text)
      output.mark(.media(url: JavaScriptText.text(of: url), contentType: contentType))
    }
  }

  private func roleName(_ call: HelperInvocation, scope: Scope) throws(PromptError) -> String {
    let name = try word(call, scope: scope)
    let isKnown = ["user", "model", "system", "tool"].contains(name)
    let isWord = name.utf8.allSatisfy { 0x61...0x7A ~= $0 }
    if isKnown || (isWord && !policy.isStrict) { return name }
    throw error(
      .value,
      "no role has the name \(name)",
      hint: "the roles are user, model, system and tool",
      at: call.offset,
      in: scope
    )
  }

  /// The one argument of a helper that needs a name.
  private func word(_ call: HelperInvocation, scope: Scope) throws(PromptError) -> String {
    guard let value = try arguments(call, 1, scope: scope)[0], !JavaScriptText.isEmpty(value) else {
      throw error(.value, "\(call.name) needs a name", at: call.offset, in: scope)
    }
    return JavaScriptText.text(of: value)
  }

  private func json(_ call: HelperInvocation, scope: Scope) throws(PromptError) -> JSONValue? {
    guard let value = try arguments(call, 1, scope: scope)[0] else { return nil }
    let indent = try named("indent", call, scope: scope)
    let blanks = indent?.int ?? indent?.string.flatMap { Int($0) } ?? 0
    // JSON.stringify indents by ten blanks at most.
    var format = JSONValue.Format.compact
    if blanks > 0 { format.indent = min(blanks, 10) }
    return .string(value.rendered(format))
  }

  /// The values of the arguments, which must be so many.
  private func arguments(
    _ call: HelperInvocation,
    _ count: Int,
    scope: Scope
  ) throws(PromptError)
    -> [JSONValue?]
  {
    let expressions = call.arguments.positional
    guard expressions.count == count else {
      let due = count == 1 ? "one value" : "\(count) values"
      throw error(
        .syntax,
        "\(call.name) takes \(due), not \(expressions.count)",
        at: call.offset,
        in: scope
      )
    }
    return try expressions.map { expression throws(PromptError) in
      try value(of: expression, scope: scope)
    }
  }

  private func named(
    _ name: String,
    _ call: HelperInvocation,
    scope: Scope
  ) throws(PromptError)
    -> JSONValue?
  {
    guard let expression = call.arguments.named(name) else { return nil }
    return try value(of: expression, scope: scope)
  }
}
