public import OrderedJSON

/// What the front matter of a prompt says.
public struct PromptMetadata: Hashable, Sendable {
  /// The prompt's name.
  public var name: String?
  /// What the prompt is for, one sentence.
  public var description: String?
  /// The variant of the prompt, such as a wording under test.
  public var variant: String?
  /// The version of the prompt.
  public var version: String?
  /// The model the prompt is written for, such as `googleai/gemini-3.5-flash-lite`.
  public var model: String?
  /// Settings for the model.
  public var config = JSONObject()
  /// The `input` key, with its schema as JSON Schema.
  public var input: JSONObject?
  /// The `output` key, with its schema as JSON Schema.
  public var output: JSONObject?
  /// Names of tools the model may call.
  public var tools: [JSONValue]?
  /// Definitions of tools the model may call.
  public var toolDefinitions: [JSONValue]?
  /// Extensions by namespace: `tabscribe.passes: 1` is `["tabscribe": ["passes": 1]]`.
  public var ext = JSONObject()
  /// The front matter as written; `nil` for a prompt without front matter.
  public var raw: JSONObject?
  /// The name by which the output schema was given, when it was given by name.
  public var outputSchemaName: String?

  /// Metadata that says nothing.
  public init() {}

  /// The JSON Schema of the input.
  public var inputSchema: JSONValue? { input?["schema"] }
  /// Values of variables that are not given.
  public var inputDefaults: JSONObject { input?["default"]?.object ?? JSONObject() }
  /// The JSON Schema of the output.
  public var outputSchema: JSONValue? { output?["schema"] }

  /// How a prompt works on a finished transcript; `nil` for prompts about media.
  ///
  /// It is `tabscribe.recipe` of the front matter: `passages`, `sections` or `rows`; `true` means passages.
  package var recipe: String? {
    guard let value = ext["tabscribe"]?["recipe"], value.bool != false else { return nil }
    return value.string ?? "passages"
  }

  /// The metadata in the shape of the Dotprompt specification; `ext` and `config` always stand.
  public var json: JSONObject {
    var json = JSONObject()
    json["name"] = name.map { JSONValue.string($0) }
    json["description"] = description.map { JSONValue.string($0) }
    json["variant"] = variant.map { JSONValue.string($0) }
    json["version"] = version.map { JSONValue.string($0) }
    json["model"] = model.map { JSONValue.string($0) }
    json["config"] = .object(config)
    json["input"] = input.map { JSONValue.object($0) }
    json["output"] = output.map { JSONValue.object($0) }
    json["tools"] = tools.map { JSONValue.array($0) }
    json["toolDefs"] = toolDefinitions.map { JSONValue.array($0) }
    json["ext"] = .object(ext)
    json["raw"] = raw.map { JSONValue.object($0) }
    return json
  }
}
