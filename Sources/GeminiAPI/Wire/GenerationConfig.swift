public import OrderedJSON

/// Settings of the model for one request; what is `nil` is left to the service.
public struct GenerationConfig: Hashable, Sendable {
  /// Randomness, 0 to 2; without effect on newer models.
  public var temperature: Double?
  /// Share of probability the next token is chosen from; without effect on newer models.
  public var topP: Double?
  /// Number of tokens the next one is chosen from; without effect on newer models.
  public var topK: Int?
  /// Asks for the same answer to the same request, as far as the service can.
  public var seed: Int?
  /// The number of answers.
  public var candidateCount: Int?
  /// The most tokens of the answer, thinking included.
  public var maxOutputTokens: Int?
  /// Texts that end the answer, at most five.
  public var stopSequences: [String]
  /// `text/plain`, `application/json` or `text/x.enum`.
  public var responseMimeType: String?
  /// The answer's shape in the service's own schema language (types in capitals).
  public var responseSchema: JSONValue?
  /// The answer's shape as JSON Schema; not together with `responseSchema`.
  public var responseJsonSchema: JSONValue?
  /// Tokens spent on each frame, for all media of the request.
  public var mediaResolution: MediaResolution?
  /// How much the model thinks.
  public var thinkingConfig: ThinkingConfig?
  /// Whether audio-only files get timestamps; Agent Platform only.
  public var audioTimestamp: Bool?
  /// Settings of speech models, as the wire spells them.
  public var audioTranscriptionConfig: JSONValue?

  /// Settings for one request, all left to the service.
  public init() {
    stopSequences = []
  }

  init(_ wire: WireObject) {
    self.init()
    temperature = wire["temperature"]?.double
    topP = wire["topP"]?.double
    topK = wire.int("topK")
    seed = wire.int("seed")
    candidateCount = wire.int("candidateCount")
    maxOutputTokens = wire.int("maxOutputTokens")
    stopSequences = wire["stopSequences"]?.array?.compactMap(\.string) ?? []
    responseMimeType = wire.string("responseMimeType")
    responseSchema = wire["responseSchema"]
    responseJsonSchema = wire["responseJsonSchema"]
    mediaResolution = wire.string("mediaResolution").map(MediaResolution.init(rawValue:))
    thinkingConfig = wire.object("thinkingConfig").map(ThinkingConfig.init)
    audioTimestamp = wire["audioTimestamp"]?.bool
    audioTranscriptionConfig = wire["audioTranscriptionConfig"]
  }

  /// The settings as the wire writes them; an empty object when all are left to the service.
  public var json: JSONValue {
    var object = JSONObject()
    object["temperature"] = temperature.map { JSONValue($0) }
    object["topP"] = topP.map { JSONValue($0) }
    object["topK"] = topK.map { JSONValue($0) }
    object["seed"] = seed.map { JSONValue($0) }
    object["candidateCount"] = candidateCount.map { JSONValue($0) }
    object["maxOutputTokens"] = maxOutputTokens.map { JSONValue($0) }
    object.setList("stopSequences", stopSequences.map { .string($0) })
    object["responseMimeType"] = responseMimeType.map { .string($0) }
    object["responseSchema"] = responseSchema
    object["responseJsonSchema"] = responseJsonSchema
    object["mediaResolution"] = mediaResolution.map { .string($0.rawValue) }
    object["thinkingConfig"] = thinkingConfig?.json
    object["audioTimestamp"] = audioTimestamp.map { JSONValue($0) }
    object["audioTranscriptionConfig"] = audioTranscriptionConfig
    return .object(object)
  }
}
