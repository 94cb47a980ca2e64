internal import OrderedJSON

/// Where a node is rendered: its contexts, block parameters, data and partials in reach.
struct Scope {
  var template: ParsedTemplate
  var context: ContextLink?
  var parameters: ParameterLink?
  var data: DataFrame
  var inlinePartials: InlinePartialLink?

  /// The scope of a body with its own context.
  func entering(_ value: JSONValue?) -> Scope {
    var scope = self
    scope.context = ContextLink(value, parent: context)
    return scope
  }
}

/// A context and those around it.
final class ContextLink {
  let value: JSONValue?
  let parent: ContextLink?
  /// Whether the members are the prompt's input, whose names are declared.
  let isInput: Bool
  /// The link this one repeats without its surroundings.
  private let original: ContextLink?

  init(
    _ value: JSONValue?,
    parent: ContextLink?,
    isInput: Bool = false
  ) {
    self.value = value
    self.parent = parent
    self.isInput = isInput
    original = nil
  }

  /// The same context for a partial, which does not see what is around it.
  init(isolating link: ContextLink) {
    value = link.value
    parent = nil
    isInput = link.isInput
    original = link.original ?? link
  }

  /// Whether both are the same context, with or without its surroundings.
  func isSame(as other: ContextLink?) -> Bool {
    guard let other else { return false }
    return (original ?? self) === (other.original ?? other)
  }
}

/// The values of one list of block parameters and of those around it.
final class ParameterLink {
  let values: [JSONValue?]
  let parent: ParameterLink?

  init(_ values: [JSONValue?], parent: ParameterLink?) {
    self.values = values
    self.parent = parent
  }
}

/// A body with the scope it was written in.
struct BlockClosure {
  let body: Program
  let scope: Scope
}

/// An inline partial and those in reach before it.
final class InlinePartialLink {
  let name: String
  let closure: BlockClosure
  let next: InlinePartialLink?

  init(name: String, closure: BlockClosure, next: InlinePartialLink?) {
    self.name = name
    self.closure = closure
    self.next = next
  }

  static func find(_ name: String, from first: InlinePartialLink?) -> BlockClosure? {
    var link = first
    while let current = link {
      if current.name == name { return current.closure }
      link = current.next
    }
    return nil
  }
}

/// Variables with `@`, and those around them.
final class DataFrame {
  enum Contents {
    /// The outermost frame: the caller's context, then what is computed only when asked for.
    case root(JSONObject, fallback: (String) -> JSONValue?)
    case loop(index: Int, key: JSONValue, isLast: Bool)
    case values(JSONObject)
    /// The block passed to a partial; `nil` hides that of a partial further out.
    case partialBlock(BlockClosure?)
  }

  let contents: Contents
  let parent: DataFrame?

  init(_ contents: Contents, parent: DataFrame?) {
    self.contents = contents
    self.parent = parent
  }

  subscript(name: String) -> JSONValue? {
    var frame = self
    while true {
      if let value = frame.own(name) { return value }
      guard let parent = frame.parent else { return nil }
      frame = parent
    }
  }

  private func own(_ name: String) -> JSONValue? {
    switch contents {
    case .root(let values, let fallback): return values[name] ?? fallback(name)
    case .values(let values): return values[name]
    case .partialBlock(let block):
      return name == "partial-block" ? .bool(block != nil) : nil
    case .loop(let index, let key, let isLast):
      switch name {
      case "index": return JSONValue(index)
      case "key": return key
      case "first": return .bool(index == 0)
      case "last": return .bool(isLast)
      default: return nil
      }
    }
  }

  /// The block passed to the partial that is being rendered.
  var partialBlock: BlockClosure? {
    var frame: DataFrame? = self
    while let current = frame {
      if case .partialBlock(let block) = current.contents { return block }
      frame = current.parent
    }
    return nil
  }
}
