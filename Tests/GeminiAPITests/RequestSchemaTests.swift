import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

/// Every request the client builds is one that the published interface allows.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct RequestSchemaTests {
  private static let gemini = GeminiRequests(
    configuration: GeminiConfiguration(apiKey: Secret("test-key-1234"))
  )

  static var agentPlatform: GeminiRequests {
    get throws {
      GeminiRequests(
        configuration: try GeminiConfiguration(environment: [
          "GOOGLE_GENAI_USE_ENTERPRISE": "true", "GOOGLE_CLOUD_PROJECT": "my-project",
        ])
      )
    }
  }

  /// A request with everything the client can say.
  static let full: GenerateContentRequest = {
    var config = GenerationConfig()
    config.temperature = 0
    config.topP = 0.95
    config.topK = 40
    config.seed = 42
    config.candidateCount = 1
    config.maxOutputTokens = 65_536
    config.stopSequences = ["<END>"]
    config.responseMimeType = "application/json"
    config.responseJsonSchema = ["type": "object", "properties": ["a": ["type": "string"]]]
    config.mediaResolution = .low
    config.thinkingConfig = ThinkingConfig(includeThoughts: true, thinkingLevel: .low)
    let video = Part(
      .fileData(FileData(fileUri: "https://youtu.be/0pJn3g8dfwk", mimeType: "video/*")),
      videoMetadata: VideoMetadata(
        startOffset: .seconds(1800),
        endOffset: .milliseconds(3_000_500),
        fps: 0.5,
        contentLayers: [.frames, .audio]
      ),
      mediaResolution: .high,
      mediaProcessing: .fixedRate
    )
    let sound = Part(
      .inlineData(Blob(mimeType: "audio/mp3", data: [1, 2, 255])),
      audioMetadata: AudioMetadata(startOffset: .seconds(60), endOffset: .milliseconds(120_500))
    )
    return GenerateContentRequest(
      contents: [Content(parts: [video, sound, .text("Transcribe.")])],
      systemInstruction: Content(role: nil, parts: [.text("You transcribe verbatim.")]),
      generationConfig: config,
      safetySettings: [.init(category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE")],
      tools: [.googleSearch, .urlContext, .googleMaps],
      serviceTier: .flex,
      labels: [("job", "nightly")],
      continuationToken: "dG9rZW4="
    )
  }()

  private func problems(_ request: HTTPRequest, _ api: PublishedAPI) throws -> [String] {
    let address = try #require(WebAddress(request.url))
    var body: JSONValue?
    if case .bytes(let bytes) = request.body { body = try JSONValue(parsing: bytes) }
    return api.problems(
      inRequest: request.method,
      String(address.path.dropFirst()),
      query: address.queryItems.map(\.name),
      body: body
    )
  }

  @Test func requestsToTheGeminiAPIAreValid() throws {
    let api = try PublishedAPI.geminiAPI()
    let build = Self.gemini
    let upload = FileUpload(path: "/x.mp4", size: 5, mimeType: "video/mp4", displayName: "x.mp4")
    let requests = [
      try build.generateContent(Self.full, model: "gemini-3.5-flash", isStreamed: false),
      try build.generateContent(Self.full, model: "gemini-3.5-flash", isStreamed: true),
      try build.generateContent(.text("a"), model: "tunedModels/mine", isStreamed: false),
      try build.countTokens(.text("a"), model: "gemini-3.5-flash"),
      try build.countTokens(Self.full, model: "gemini-3.5-flash"),
      try build.model("gemini-3.5-flash"), build.models(pageSize: 100, pageToken: "t"),
      build.startUpload(upload), try build.file("files/abc-123"), try build.file("abc-123"),
      build.files(pageSize: 10, pageToken: "t&x=1"), try build.deleteFile("files/abc-123"),
      try build.createCache(Self.draft, model: "gemini-3.5-flash"), try build.cache("c1"),
      try build.caches(pageSize: 5), try build.extendCache("c1", timeToLive: .seconds(60)),
      try build.deleteCache("c1"),
      try build.createBatch(.inline([Self.batchRequest]), model: "m", displayName: "talks"),
      try build.createBatch(.file("files/a"), model: "m"), try build.batch("b1"),
      try build.batches(pageSize: 2, pageToken: "t"), try build.cancelBatch("b1"),
      try build.deleteBatch("b1"),
    ]
    for request in requests { #expect(try problems(request, api) == [], "\(request)") }
  }

  private static let draft = CachedContent.Draft(
    contents: full.contents,
    systemInstruction: full.systemInstruction,
    tools: [.googleSearch],
    timeToLive: .seconds(3600),
    displayName: "keynote"
  )
  private static let batchRequest = BatchRequest(key: "talk-1", request: full)

  @Test func interactionsAreValid() throws {
    let schema = try PublishedAPI.interactions()
    var request = InteractionRequest(input: Self.full.contents[0].parts)
    request.systemInstruction = "You transcribe verbatim."
    request.generationConfig = Self.full.generationConfig
    request.previousInteractionID = "int-1"
    request.serviceTier = .flex
    let body = request.json(model: "gemini-3.5-flash", isStreamed: true)
    let problems = schema.problems(in: body, schema: "CreateModelInteraction", direction: .request)
    #expect(problems == [])
  }

  @Test func requestsToAgentPlatformAreValid() throws {
    let api = try PublishedAPI.agentPlatform()
    let build = try Self.agentPlatform
    var full = Self.full
    // The service's own document lacks the tier, though Google's client sends it there too.
    full.serviceTier = nil
    full.generationConfig?.audioTimestamp = true
    let requests = [
      try build.generateContent(full, model: "gemini-3.5-flash", isStreamed: false),
      try build.generateContent(full, model: "gemini-3.5-flash", isStreamed: true),
      try build.generateContent(.text("a"), model: "endpoints/123", isStreamed: false),
      try build.countTokens(full, model: "gemini-3.5-flash"),
      try build.model("gemini-3.5-flash"), build.models(pageSize: 10),
      try build.createCache(Self.draft, model: "gemini-3.5-flash"), try build.cache("123"),
      try build.cache("projects/p/locations/global/cachedContents/123"),
      try build.extendCache("123", timeToLive: .seconds(60)),
      try build.createBatch(.cloudStorage(uri: "gs://b/in", output: "gs://b/out"), model: "m"),
      try build.batch("123"), try build.batches(pageSize: 2), try build.cancelBatch("123"),
    ]
    for request in requests { #expect(try problems(request, api) == [], "\(request)") }
  }

  @Test func theCheckFindsWhatTheServiceWouldRefuse() throws {
    let api = try PublishedAPI.geminiAPI()
    func problems(_ body: JSONValue) -> [String] {
      api.schema.problems(in: body, schema: "GenerateContentRequest", direction: .request)
    }
    #expect(problems(["contents": [["parts": [["txt": "a"]]]]]).count == 1)
    #expect(problems(["generationConfig": ["mediaResolution": "LOW"]]).count == 1)
    #expect(problems(["generationConfig": ["seed": "42"]]).count == 1)
    let offset: JSONValue = ["videoMetadata": ["startOffset": "30:00"]]
    #expect(problems(["contents": [["parts": [offset]]]]).count == 1)
    #expect(api.problems(inRequest: "POST", "v1beta/nothing", body: nil).count == 1)
    let file: JSONValue = ["file": ["sizeBytes": "5"]]
    #expect(api.problems(inRequest: "POST", "v1beta/files", body: file).count == 1)
  }
}
