public import OrderedJSON

/// What a prompt is rendered with: the `data` of the Dotprompt specification.
public struct PromptData: Sendable {
  /// The variables; they go before the prompt's own defaults.
  public var input: JSONObject
  /// The conversation so far.
  public var messages: [PromptMessage]
  /// Variables with `@`, such as `state` for `@state`.
  public var context: JSONObject
  /// Documents, which a template reaches as `@metadata.docs`.
  public var documents: JSONValue?

  /// Data of its parts.
  public init(
    input: JSONObject = JSONObject(),
    messages: [PromptMessage] = [],
    context: JSONObject = JSONObject(),
    documents: JSONValue? = nil
  ) {
    self.input = input
    self.messages = messages
    self.context = context
    self.documents = documents
  }

  /// Data in the specification's shape: an object with `input`, `messages`, `context` and `docs`.
  ///
  /// - Throws: ``PromptError`` when a member has another type or the object another member.
  public init(json: JSONValue) throws(PromptError) {
    self.init()
    guard let members = json.object else { throw Self.malformed("the data must be an object") }
    for (key, value) in members.members {
      switch (key, value) {
      case ("input", .object(let input)): self.input = input
      case ("context", .object(let context)): self.context = context
      case ("docs", .array): documents = value
      case ("messages", .array(let messages)): self.messages = try Self.messages(messages)
      case (_, .null) where Self.keys.contains(key): break
      case _ where Self.keys.contains(key): throw Self.malformed("\(key) has the wrong type")
      default: throw Self.malformed("unknown key \(key)")
      }
    }
  }

  private static let keys = ["input", "messages", "context", "docs"]

  private static func messages(_ values: [JSONValue]) throws(PromptError) -> [PromptMessage] {
    var messages: [PromptMessage] = []
    for value in values {
      guard let message = PromptMessage(json: value) else {
        throw malformed("message \(messages.count + 1) has no role or no content")
      }
      messages.append(message)
    }
    return messages
  }

  private static func malformed(_ problem: String) -> PromptError {
    PromptError(
      .value,
      problem,
      hint: #"the data is {"input": {…}, "messages": […], "context": {…}}"#
    )
  }
}
