package import OrderedJSON

/// Something that an assistant may have done.
package struct ContextTool: Sendable {
  /// The word it is called by: letters, digits, `_`, `-` and `.`.
  package let name: String
  /// What it is called for people.
  package let title: String
  /// What it does, for the assistant.
  package let description: String
  /// What it is told.
  package let parameters: [ToolParameter]
  /// Whether it changes nothing.
  package let isReadOnly: Bool
  /// Does it.
  let run: @Sendable (ToolArguments) async throws(ToolFailure) -> JSONObject

  /// A tool.
  ///
  /// - Parameter run: May take long; its task is cancelled when nobody waits any more.
  package init(
    _ name: String,
    title: String,
    description: String,
    parameters: [ToolParameter],
    isReadOnly: Bool = true,
    run: @escaping @Sendable (ToolArguments) async throws(ToolFailure) -> JSONObject
  ) {
    (self.name, self.title, self.description) = (name, title, description)
    (self.parameters, self.isReadOnly, self.run) = (parameters, isReadOnly, run)
  }

  /// The tool as a list of tools has it.
  var json: JSONValue {
    [
      "name": .string(name),
      "title": .string(title),
      "description": .string(description),
      "inputSchema": [
        "type": "object",
        "properties": .object(JSONObject(parameters.map { ($0.name, $0.schema) })),
        "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
        "additionalProperties": false,
      ],
      // What is not read-only adds to results and takes nothing away, but asks a service.
      "annotations": [
        "readOnlyHint": .bool(isReadOnly),
        "destructiveHint": false,
        "idempotentHint": true,
        "openWorldHint": .bool(!isReadOnly),
      ],
    ]
  }
}

/// Why a tool did not do what it was asked to, in words that help the assistant to ask better.
package struct ToolFailure: Error, Hashable {
  /// What happened, and what to do about it.
  let message: String

  /// A failure.
  package init(_ message: String) { self.message = message }
}
