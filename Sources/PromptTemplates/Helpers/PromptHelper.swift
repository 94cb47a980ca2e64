public import OrderedJSON

/// A helper written in Swift, for `{{name …}}`, `(name …)` and `{{#name …}} … {{/name}}`.
///
///     let shout = PromptHelper { call in
///       .value(.string(call.arguments.first??.string?.uppercased() ?? ""))
///     }
public struct PromptHelper: Sendable {
  /// What a helper gives back.
  public enum Result: Sendable {
    /// A value, printed as text or used as an argument; `nil` prints nothing.
    case value(JSONValue?)
    /// What a block rendered, with the roles, media and sections in it.
    case rendered(RenderedText)
  }

  let body: @Sendable (Call) throws -> Result

  /// A helper; an error it throws ends the rendering and is reported with the tag's place.
  public init(_ body: @escaping @Sendable (Call) throws -> Result) { self.body = body }
}

extension PromptHelper {
  /// One call of a helper.
  public struct Call {
    /// The values in order; `nil` is a variable without value.
    public let arguments: [JSONValue?]
    /// The values given by name.
    public let named: [String: JSONValue?]
    /// The context the tag stands in.
    public let context: JSONValue?
    /// Whether the call has a body to render.
    public let isBlock: Bool

    let renderBranch: (Branch, Passing) throws -> RenderedText
    let lookUpData: (String) -> JSONValue?

    enum Branch {
      case body
      case inverse
    }

    /// What a branch is rendered with, where it differs from the surroundings.
    struct Passing {
      var context: JSONValue??
      var parameters: [JSONValue?] = []
      var data = JSONObject()
    }

    /// The value of a variable with `@`, such as `index` for `@index`.
    public func data(_ name: String) -> JSONValue? { lookUpData(name) }

    /// Renders the body in the context of the tag.
    public func body() throws -> RenderedText { try renderBranch(.body, Passing()) }

    /// Renders the body in another context.
    ///
    /// - Parameters:
    ///   - context: What `this` is in the body.
    ///   - parameters: The values of the block parameters `as |a b|`.
    ///   - data: Variables with `@` for the body.
    public func body(
      in context: JSONValue?,
      parameters: [JSONValue?] = [],
      data: JSONObject = JSONObject()
    ) throws
      -> RenderedText
    {
      try renderBranch(.body, Passing(context: context, parameters: parameters, data: data))
    }

    /// Renders the branch after `else` in the context of the tag.
    public func inverse() throws -> RenderedText { try renderBranch(.inverse, Passing()) }
  }
}
