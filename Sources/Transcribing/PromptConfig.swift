internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning

/// The `config` of a prompt, as the wire wants it.
///
/// Names are those of `generationConfig`; values of enums may be short and in any case, `LOW` for
/// `MEDIA_RESOLUTION_LOW`. Beside them stand `safetySettings`, `tools` and `labels` of the request.
struct PromptConfig {
  private(set) var generation = GenerationConfig()
  private(set) var safetySettings: [SafetySetting] = []
  private(set) var tools: [Tool] = []
  private(set) var labels: [(key: String, value: String)] = []
  /// What of a video is sent.
  private(set) var layers = MediaLayers.both

  /// Reads a prompt's config and puts the user's settings in front of it.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidPrompt` for a key or a value that is
  ///   not known: a setting that had no effect would be paid for all the same.
  init(
    _ config: JSONObject,
    prompt: String,
    settings: RequestSettings
  ) throws(TranscriptionError) {
    for (key, value) in config.members {
      guard apply(key, value) else {
        throw TranscriptionError(
          .invalidPrompt,
          "The prompt \(prompt) has the setting \(key): \(value.rendered()), which is not known.",
          remedy: "Known are temperature, topP, topK, seed, maxOutputTokens, stopSequences, "
            + "mediaResolution, contentLayers, thinkingLevel, thinkingBudget, includeThoughts, safetySettings, "
            + "tools and labels."
        )
      }
    }
    if let layers = settings.layers { self.layers = layers }
    if let level = settings.mediaResolution { generation.mediaResolution = level }
    switch settings.thinking {
    case .automatic: break
    case .level(let level): generation.thinkingConfig = ThinkingConfig(thinkingLevel: level)
    case .budget(let tokens): generation.thinkingConfig = ThinkingConfig(thinkingBudget: tokens)
    }
  }

  private mutating func apply(_ key: String, _ value: JSONValue) -> Bool {
    switch (key, value) {
    case ("temperature", .number(let number)): generation.temperature = number.double
    case ("topP", .number(let number)): generation.topP = number.double
    case ("topK", .number(let number)): generation.topK = number.int
    case ("seed", .number(let number)): generation.seed = number.int
    case ("maxOutputTokens", .number(let number)): generation.maxOutputTokens = number.int
    case ("stopSequences", .array(let texts)):
      generation.stopSequences = texts.compactMap(\.string)
    case ("mediaResolution", .string(let level)): generation.mediaResolution = .init(name: level)
    default: return applyThinking(key, value) || applyToRequest(key, value)
    }
    return true
  }

  /// What layers of a video a prompt names, one or a list; `nil` when they are none that are known.
  static func layers(_ value: JSONValue?) -> MediaLayers? {
    let names = value?.array?.map(\.string) ?? value.map { [$0.string] } ?? []
    let layers = names.map { $0.map { ContentLayer(rawValue: $0.uppercased()) } }
    guard !layers.isEmpty, !layers.contains(nil) else { return nil }
    return MediaLayers(layers.compactMap(\.self))
  }

  /// What goes beside the generation's own settings.
  private mutating func applyToRequest(_ key: String, _ value: JSONValue) -> Bool {
    switch (key, value) {
    case ("safetySettings", .array(let list)):
      safetySettings = list.compactMap(SafetySetting.init(json:))
      return safetySettings.count == list.count
    case ("tools", .array(let list)):
      tools = list.compactMap(Self.tool)
      return tools.count == list.count
    case ("contentLayers", _):
      guard let layers = Self.layers(value) else { return false }
      self.layers = layers
      return true
    case ("labels", .object(let members)):
      labels = members.members.compactMap { key, value in value.string.map { (key, $0) } }
      return labels.count == members.count
    default: return false
    }
  }

  /// The tools that look things up, by name alone or as the wire writes them.
  private static func tool(_ json: JSONValue) -> Tool? {
    let known: Set = ["googleSearch", "googleMaps", "urlContext"]
    let name = json.string ?? json.object?.keys.first ?? ""
    guard known.contains(name) else { return nil }
    return Tool(json: json.string == nil ? json : .object([name: [:]]))
  }

  private mutating func applyThinking(_ key: String, _ value: JSONValue) -> Bool {
    var thinking = generation.thinkingConfig ?? ThinkingConfig()
    switch (key, value) {
    case ("thinkingLevel", .string(let level)):
      thinking.thinkingLevel = .init(name: level)
    case ("thinkingBudget", .number(let number)): thinking.thinkingBudget = number.int
    case ("includeThoughts", .bool(let flag)): thinking.includeThoughts = flag
    case ("thinkingConfig", .object(let members)):
      return members.members.allSatisfy { applyThinking($0.key, $0.value) }
    default: return false
    }
    generation.thinkingConfig = thinking
    return true
  }
}
