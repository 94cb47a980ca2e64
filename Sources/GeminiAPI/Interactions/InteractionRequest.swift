public import OrderedJSON
internal import PlainText

/// A request to the Interactions API, which keeps conversations at the service.
public struct InteractionRequest: Hashable, Sendable {
  /// The pieces of the question.
  public var input: [Part]
  /// What was said before, when the service does not keep it.
  public var earlierTurns: [Content] = []
  /// What the model is told once.
  public var systemInstruction: String?
  /// Settings of the model; those the Interactions API lacks are not sent.
  public var generationConfig: GenerationConfig?
  /// Whether the service keeps the interaction, which following it up needs; `nil` keeps it.
  public var store: Bool?
  /// Whether the answer may come later, to be asked for by id.
  public var background: Bool?
  /// The interaction this one follows.
  public var previousInteractionID: String?
  /// Takes up an answer the service has interrupted.
  public var continuationToken: String?
  /// Which price and patience the request is served with.
  public var serviceTier: ServiceTier?
  /// How much harm is let through, by kind.
  public var safetySettings: [SafetySetting] = []
  /// Tools the model may use.
  public var tools: [Tool] = []
  /// Names for the bill, lower-case.
  public var labels: [(key: String, value: String)] = []

  /// A request.
  public init(input: [Part]) { self.input = input }

  /// The request's body; this interface spells its names in snake_case.
  ///
  /// - Parameters:
  ///   - model: The model's id.
  ///   - isStreamed: Whether the answer comes as events.
  public func json(model: String, isStreamed: Bool) -> JSONValue {
    var object: JSONObject = ["model": .string(model)]
    if !input.isEmpty {
      let question = Content(role: "user", parts: input)
      object["input"] = .array((earlierTurns + [question]).map(Self.step))
    }
    object["system_instruction"] = systemInstruction.map { .string($0) }
    if let config = generationConfig {
      let settings = Self.settings(config)
      if !settings.isEmpty { object["generation_config"] = .object(settings) }
      object["response_format"] = Self.format(config)
    }
    object["store"] = store.map { JSONValue($0) }
    object["background"] = background.map { JSONValue($0) }
    object["previous_interaction_id"] = previousInteractionID.map { .string($0) }
    object["continuation_token"] = continuationToken.map { .string($0) }
    object["service_tier"] = serviceTier.map { .string($0.rawValue) }
    object.setList(
      "safety_settings",
      safetySettings.map { setting in
        let kind = setting.category.replacing("HARM_CATEGORY_", with: "").lowercased()
        return ["type": .string(kind), "threshold": .string(setting.threshold.lowercased())]
      }
    )
    object.setList("tools", tools.map(Self.tool))
    if !labels.isEmpty {
      object["labels"] = .object(JSONObject(labels.map { ($0.key, .string($0.value)) }))
    }
    if isStreamed { object["stream"] = true }
    return .object(object)
  }

  private static func settings(_ config: GenerationConfig) -> JSONObject {
    var object = JSONObject()
    object["max_output_tokens"] = config.maxOutputTokens.map { JSONValue($0) }
    object["seed"] = config.seed.map { JSONValue($0) }
    object["temperature"] = config.temperature.map { JSONValue($0) }
    object["top_p"] = config.topP.map { JSONValue($0) }
    object.setList("stop_sequences", config.stopSequences.map { .string($0) })
    object["thinking_level"] = config.thinkingConfig?.thinkingLevel
      .map { .string($0.rawValue.lowercased()) }
    object["thinking_summaries"] = config.thinkingConfig?.includeThoughts
      .map { $0 ? "auto" : "none" }
    return object
  }

  private static func format(_ config: GenerationConfig) -> JSONValue? {
    guard let type = config.responseMimeType else { return nil }
    var object: JSONObject = ["type": "text", "mime_type": .string(type)]
    object["schema"] = config.responseJsonSchema
    return .object(object)
  }

  private static func step(_ turn: Content) -> JSONValue {
    [
      "type": turn.role == "model" ? "model_output" : "user_input",
      "content": .array(turn.parts.compactMap(content)),
    ]
  }

  /// The tool's name goes into its type, in this interface's spelling.
  private static func tool(_ tool: Tool) -> JSONValue {
    guard let (name, settings) = tool.json.object?.members.first else { return tool.json }
    let type = name.map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }.joined()
    var object: JSONObject = ["type": .string(type)]
    for (key, value) in settings.object?.members ?? [] { object[key] = value }
    return .object(object)
  }

  private static func content(_ part: Part) -> JSONValue? {
    switch part.payload {
    case .text(let text): return ["type": "text", "text": .string(text)]
    case .fileData(let data):
      return media(part, data.mimeType ?? "video/mp4", ["uri": .string(data.fileUri)])
    case .inlineData(let blob):
      return media(part, blob.mimeType, ["data": .string(Base64.encoded(blob.data))])
    case .other, .none: return nil
    }
  }

  private static func media(_ part: Part, _ type: String, _ place: JSONObject) -> JSONValue {
    let kind = type.split(separator: "/").first.map(String.init) ?? "video"
    var object: JSONObject = ["type": .string(kind == "application" ? "document" : kind)]
    for (key, value) in place.members { object[key] = value }
    // This interface has no "any video"; it takes the most common one for it.
    object["mime_type"] = .string(type.hasSuffix("/*") ? "video/mp4" : type)
    object["resolution"] = part.mediaResolution.map {
      .string($0.rawValue.replacing("MEDIA_RESOLUTION_", with: "").lowercased())
    }
    switch kind {
    case "video": object["processing"] = processing(part)
    case "audio": object["processing"] = part.audioMetadata.map(processing)
    default: break
    }
    return .object(object)
  }

  private static func processing(_ clip: AudioMetadata) -> JSONValue {
    var object: JSONObject = ["type": "static"]
    object["start_offset"] = clip.startOffset.map { .string(WireDuration.text($0)) }
    object["end_offset"] = clip.endOffset.map { .string(WireDuration.text($0)) }
    return .object(object)
  }

  private static func processing(_ part: Part) -> JSONValue? {
    if let clip = part.videoMetadata, clip != VideoMetadata() {
      var object: JSONObject = ["type": "static"]
      object["start_offset"] = clip.startOffset.map { .string(WireDuration.text($0)) }
      object["end_offset"] = clip.endOffset.map { .string(WireDuration.text($0)) }
      object["fps"] = clip.fps.map { JSONValue($0) }
      object.setList(
        "content_layers",
        clip.contentLayers.map { .string($0.rawValue.lowercased()) }
      )
      return .object(object)
    }
    return part.mediaProcessing.map { .string($0.rawValue.lowercased()) }
  }
}

extension InteractionRequest {
  /// Equal requests ask for the same thing: their bodies are equal.
  public static func == (left: Self, right: Self) -> Bool {
    left.json(model: "", isStreamed: false) == right.json(model: "", isStreamed: false)
  }

  /// Hashes the body.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(json(model: "", isStreamed: false))
  }
}
