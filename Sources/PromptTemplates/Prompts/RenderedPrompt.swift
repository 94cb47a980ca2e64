public import OrderedJSON

/// A prompt ready to be sent.
public struct RenderedPrompt: Hashable, Sendable {
  /// What the front matter says, with schemas as JSON Schema.
  public let metadata: PromptMetadata
  /// The messages in order.
  public let messages: [PromptMessage]

  /// Settings for the model.
  public var config: JSONObject { metadata.config }
  /// The JSON Schema of the output.
  public var outputSchema: JSONValue? { metadata.outputSchema }
  /// The name by which the output schema was given, when it was given by name.
  public var outputSchemaName: String? { metadata.outputSchemaName }
  /// The parts of all `system` messages, for Gemini's `systemInstruction`.
  public var systemInstruction: [PromptPart] {
    messages.filter { $0.role == "system" }.flatMap(\.content)
  }
  /// The messages of the user and the model, for Gemini's `contents`.
  public var contents: [PromptMessage] { messages.filter { $0.role != "system" } }

  /// The prompt in the shape of the Dotprompt specification.
  public var json: JSONValue {
    var members: JSONObject = ["messages": .array(messages.map(\.json))]
    for (key, value) in metadata.json.members { members[key] = value }
    return .object(members)
  }
}
