public import OrderedJSON

/// A request for an answer; the model it goes to is named beside it.
public struct GenerateContentRequest: Hashable, Sendable {
  /// The conversation so far; the last message is the question.
  public var contents: [Content]
  /// What the model is told once for the whole conversation; text only.
  public var systemInstruction: Content?
  /// Settings of the model; `nil` sends none.
  public var generationConfig: GenerationConfig?
  /// How much harm is let through, by kind.
  public var safetySettings: [SafetySetting]
  /// Tools the model may use.
  public var tools: [Tool]
  /// How the tools are used, as the wire spells it.
  public var toolConfig: JSONValue?
  /// The name of a cache whose contents go in front.
  public var cachedContent: String?
  /// Which price and patience the request is served with.
  public var serviceTier: ServiceTier?
  /// Names for the bill, lower-case.
  public var labels: [(key: String, value: String)]
  /// Takes up an answer the service has interrupted, as base64.
  public var continuationToken: String?

  /// A request for an answer.
  public init(
    contents: [Content],
    systemInstruction: Content? = nil,
    generationConfig: GenerationConfig? = nil,
    safetySettings: [SafetySetting] = [],
    tools: [Tool] = [],
    toolConfig: JSONValue? = nil,
    cachedContent: String? = nil,
    serviceTier: ServiceTier? = nil,
    labels: [(key: String, value: String)] = [],
    continuationToken: String? = nil
  ) {
    self.contents = contents
    self.systemInstruction = systemInstruction
    self.generationConfig = generationConfig
    self.safetySettings = safetySettings
    self.tools = tools
    self.toolConfig = toolConfig
    self.cachedContent = cachedContent
    self.serviceTier = serviceTier
    self.labels = labels
    self.continuationToken = continuationToken
  }
}

extension GenerateContentRequest {
  /// Reads a request; members that are not known are passed over.
  public init(json: JSONValue) {
    let wire = WireObject(json) ?? WireObject(JSONObject())
    self.init(
      contents: wire.list("contents", Content.init),
      systemInstruction: wire.object("systemInstruction").map(Content.init),
      generationConfig: wire.object("generationConfig").map(GenerationConfig.init),
      safetySettings: wire.list("safetySettings", SafetySetting.init),
      tools: wire["tools"]?.array?.map(Tool.init(json:)) ?? [],
      toolConfig: wire["toolConfig"],
      cachedContent: wire.string("cachedContent"),
      serviceTier: wire.string("serviceTier").map(ServiceTier.init(rawValue:)),
      labels: wire["labels"]?.object?.members.map { ($0.key, $0.value.string ?? "") } ?? [],
      continuationToken: wire.string("continuationToken")
    )
  }

  /// The request's body as the wire writes it.
  public var json: JSONValue {
    var object: JSONObject = ["contents": .array(contents.map(\.json))]
    object["systemInstruction"] = systemInstruction?.json
    object["generationConfig"] = generationConfig?.json
    object.setList("safetySettings", safetySettings.map(\.json))
    object.setList("tools", tools.map(\.json))
    object["toolConfig"] = toolConfig
    object["cachedContent"] = cachedContent.map { .string($0) }
    object["serviceTier"] = serviceTier.map { .string($0.rawValue) }
    if !labels.isEmpty {
      object["labels"] = .object(JSONObject(labels.map { ($0.key, .string($0.value)) }))
    }
    object["continuationToken"] = continuationToken.map { .string($0) }
    return .object(object)
  }

  /// Equal requests ask for the same thing: their bodies are equal.
  public static func == (left: Self, right: Self) -> Bool { left.json == right.json }

  /// Hashes the body.
  public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
