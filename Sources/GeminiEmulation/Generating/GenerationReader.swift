internal import Digests
internal import OrderedJSON

/// Reads a generation and checks it as the service does.
struct GenerationReader: Sendable {
  let model: EmulatedModel
  let modelName: String
  let backend: Backend
  let version: String
  let resolver: MediaResolver
  /// Finds an explicit cache that is still there.
  let cache: @Sendable (String) -> ExplicitCache?

  /// Reads a body already normalised by ``RequestReader``.
  func read(_ body: JSONObject, digest: String) throws(ServiceError) -> GenerationRequest {
    let config = body["generationConfig"] ?? .object(JSONObject())
    try checkConfig(config)
    let cache = try explicitCache(body)
    let contents = body["contents"]?.array ?? []
    guard !contents.isEmpty || cache != nil else {
      throw .invalid("* GenerateContentRequest.contents: contents is not specified\n")
    }
    let parts = try readContents(contents)
    let text = (parts + (cache?.parts ?? [])).compactMap {
      if case .text(let text) = $0 { text } else { nil }
    }
    let request = GenerationRequest(
      model: model,
      modelName: modelName,
      backend: backend,
      version: version,
      body: body,
      system: try Self.systemText(body),
      parts: parts,
      encoding: try encoding(config, prompt: text.joined(separator: "\n")),
      maxOutputTokens: config["maxOutputTokens"]?.int ?? model.outputLimit,
      thoughtTokens: thoughtTokens(config["thinkingConfig"]),
      includesThoughts: config["thinkingConfig"]?["includeThoughts"]?.bool ?? false,
      resolution: config["mediaResolution"]?.string,
      serviceTier: body["serviceTier"]?.string,
      digest: digest,
      cache: cache,
      continuationToken: body["continuationToken"]?.string
    )
    try checkLength(request)
    try checkSpeech(request, config["audioTranscriptionConfig"])
    return request
  }

  /// What a speech model takes: one piece of sound, half an hour of it where more than its text is asked for.
  private func checkSpeech(
    _ request: GenerationRequest,
    _ config: JSONValue?
  ) throws(ServiceError) {
    guard model.isSpeechModel else {
      guard config == nil else {
        throw .invalid("audio_transcription_config is not supported for models/\(modelName).")
      }
      return
    }
    guard let sound = request.subject, !sound.showsFrames, sound.playsSound else {
      throw .invalid("models/\(modelName) takes audio input only.")
    }
    let isDetailed = config?["wordTimestamp"]?.bool == true || config?["diarization"]?.bool == true
    if isDetailed, config?["customVocabulary"]?.array?.isEmpty == false {
      throw .invalid("custom_vocabulary cannot be used with word_timestamp or diarization.")
    }
    guard sound.clip.count <= (isDetailed ? 1_800_000 : 3_600_000) else {
      throw .invalid("The audio is longer than models/\(modelName) takes.")
    }
  }

  private func checkLength(_ request: GenerationRequest) throws(ServiceError) {
    let total = request.promptTokens.total
    guard total <= model.inputLimit else {
      throw .invalid(
        "The input token count (\(total)) exceeds the maximum number of tokens allowed "
          + "(\(model.inputLimit))."
      )
    }
  }

  /// The parts of all turns, in order.
  func readContents(_ contents: [JSONValue]) throws(ServiceError) -> [GenerationRequest.Part] {
    var parts: [GenerationRequest.Part] = []
    for (index, content) in contents.enumerated() {
      if let role = content["role"]?.string, !["user", "model", "function", ""].contains(role) {
        throw .invalid("Please use a valid role: user, model.")
      }
      for (place, part) in (content["parts"]?.array ?? []).enumerated() {
        parts.append(try readPart(part, at: "contents[\(index)].parts[\(place)]"))
      }
    }
    if contents.last?["role"]?.string == "model", !model.takesModelLast {
      throw .invalid("The last turn of a request must not have role model for this model.")
    }
    return parts
  }

  /// The text of a system instruction.
  static func systemText(_ body: JSONObject) throws(ServiceError) -> String? {
    guard let system = body["systemInstruction"] else { return nil }
    var texts: [String] = []
    for part in system["parts"]?.array ?? [] {
      guard let text = part["text"]?.string else {
        throw .invalid("System instruction may hold text only.")
      }
      texts.append(text)
    }
    return texts.joined(separator: "\n")
  }

  private func explicitCache(_ body: JSONObject) throws(ServiceError) -> ExplicitCache? {
    guard let name = body["cachedContent"]?.string, !name.isEmpty else { return nil }
    let id = String(name.split(separator: "/").last ?? "")
    guard let cache = cache(id) else { throw CacheErrors.gone(backend, name: name) }
    for field in ["systemInstruction", "tools", "toolConfig"] where body[field] != nil {
      throw CacheErrors.besides
    }
    guard cache.modelName == model.id else {
      throw CacheErrors.otherModel(asked: modelName, cached: cache.modelName)
    }
    return cache
  }

  private func encoding(
    _ config: JSONValue,
    prompt: String
  ) throws(ServiceError)
    -> GenerationRequest.Encoding
  {
    let format = config["responseFormat"]?["text"]
    let schemas = [
      config["responseSchema"], config["responseJsonSchema"], config["_responseJsonSchema"],
      format?["schema"],
    ].compactMap { $0 }
    guard schemas.count <= 1 else {
      throw .invalid("Only one of response_schema and response_json_schema may be set.")
    }
    let type = config["responseMimeType"]?.string ?? Self.type(of: format?["mimeType"]?.string)
    guard let schema = schemas.first else {
      let blocks = TSVReply.blocks(in: prompt)
      if type == "application/json" { return .json(.object(Self.usualTables)) }
      return blocks.isEmpty ? .text : .tsv(blocks)
    }
    let shape = try ReplyShape(schema: schema)
    switch type {
    case "application/json": return .json(shape)
    case "text/x.enum":
      guard case .enumeration(let values) = shape else {
        throw .invalid("response_mime_type text/x.enum requires a schema of a string enum.")
      }
      return .choice(values)
    default:
      throw .invalid(
        "response_mime_type must be application/json or text/x.enum when a response schema is set."
      )
    }
  }

  private static func type(of format: String?) -> String? {
    switch format {
    case "APPLICATION_JSON": "application/json"
    case "TEXT_PLAIN": "text/plain"
    default: nil
    }
  }

  /// What a model makes of JSON mode without a schema, in a prompt about speech.
  private static let usualTables: [(name: String, shape: ReplyShape)] = [
    (
      "transcripts",
      .array(
        .object([("start", .string), ("text", .string), ("voice", .integer(minimum: nil))]),
        minimum: 0,
        maximum: nil
      )
    )
  ]
}

/// The service's words about explicit caches.
enum CacheErrors {
  static let besides = ServiceError.invalid(
    "CachedContent can not be used with GenerateContent request setting system_instruction, tools "
      + "or tool_config.\n\nProposed fix: move those values to CachedContent from GenerateContent "
      + "request."
  )

  static func otherModel(asked: String, cached: String) -> ServiceError {
    .invalid(
      "Model used by GenerateContent request (models/\(asked)) and CachedContent "
        + "(models/\(cached)) has to be the same."
    )
  }

  /// AI Studio denies what is gone, the Agent Platform does not find it.
  static func gone(_ backend: Backend, name: String) -> ServiceError {
    switch backend {
    case .aiStudio: .denied("CachedContent not found (or permission denied)")
    case .agentPlatform: .notFound("Not found: cached content metadata for \(name).")
    }
  }
}
