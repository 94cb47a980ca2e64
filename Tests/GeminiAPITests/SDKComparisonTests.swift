import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

/// Our requests mean the same as those of Google's own client, scenario by scenario.
///
/// Left out: 32 (sends nothing), 47 (speech settings of interactions), 51 (embeddings), and the
/// scenarios that differ from others only in how the Python code was called.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct SDKComparisonTests {
  private static let gemini = GeminiRequests(
    configuration: GeminiConfiguration(apiKey: Secret("test-key-1234"))
  )
  private static let model = "gemini-3.5-flash-lite"
  private static let youTube = "https://www.youtube.com/watch?v=0pJn3g8dfwk"
  private static let prompt =
    "Transcribe the entire audio track in chronological order, then describe each audio source."

  private func expectSame(
    _ request: HTTPRequest,
    _ capture: SDKCapture,
    _ index: Int = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(
      SDKCapture.line(request) == capture.line(index),
      "\(capture.name)",
      sourceLocation: sourceLocation
    )
    let body = try SDKCapture.body(request)
    #expect(body == capture.body(index), "\(capture.name)", sourceLocation: sourceLocation)
  }

  /// Whatever Google's client can ask, our types hold and write again without a loss.
  @Test(arguments: [
    "01-generate-text-only", "02-generate-youtube-defaults", "03-generate-notebook-request",
    "04-generate-segment-fps-full-config", "05-generate-cloud-storage-https",
    "06-generate-uploaded-file-object", "07-generate-thinking-budget-thoughts",
    "08-generate-system-instruction-safety", "09-generate-response-json-schema",
    "10-generate-list-schema", "11-generate-enum-schema",
    "12-generate-schema-optional-literal-ordering", "13-generate-inline-audio-bytes",
    "14-generate-inline-video-with-metadata", "15-generate-part-media-resolution",
    "16-generate-agentic-media-processing", "17-generate-native-transcription",
    "18-generate-automatic-continuation", "19-stream-plain", "20-stream-schema-low-resolution",
    "38-caches-use", "48-chat-two-turns", "49-tools-function-auto-call",
    "50-tools-search-url-context", "53-http-options-timeout-headers-extra-body",
    "54-api-version-v1beta", "62-generate-audio-metadata-offsets",
    "63-generate-content-layers-audio",
  ])
  func generationMeansTheSame(_ name: String) throws {
    let capture = try SDKCapture(name)
    for (index, exchange) in capture.exchanges.enumerated() {
      let body = try #require(exchange["request"]?["body"])
      let path = exchange["request"]?["path"]?.string ?? ""
      let model = path.split(separator: "/").last?.split(separator: ":").first ?? ""
      let request = try Self.gemini.generateContent(
        GenerateContentRequest(json: body),
        model: String(model),
        isStreamed: path.hasSuffix("streamGenerateContent")
      )
      try expectSame(request, capture, index)
    }
  }

  @Test func aRequestWrittenByHandMeansTheSame() throws {
    let clip = VideoMetadata(startOffset: .seconds(10), endOffset: .seconds(70), fps: 2)
    let video = Part(
      .fileData(FileData(fileUri: Self.youTube, mimeType: "video/*")),
      videoMetadata: clip
    )
    let request = GenerateContentRequest(
      contents: [Content(parts: [video, .text(Self.prompt)])]
    )
    try expectSame(
      try Self.gemini.countTokens(request, model: Self.model),
      try SDKCapture("24-count-tokens-video-metadata")
    )
    let frames = Part(
      .fileData(FileData(fileUri: Self.youTube, mimeType: "video/mp4")),
      videoMetadata: VideoMetadata(fps: 2, contentLayers: [.frames])
    )
    try expectSame(
      try Self.gemini.countTokens(
        GenerateContentRequest(contents: [Content(parts: [frames, .text("Who?")])]),
        model: Self.model
      ),
      try SDKCapture("64-count-tokens-content-layers")
    )
    try expectSame(
      try Self.gemini.countTokens(.text("Hello"), model: Self.model),
      try SDKCapture("23-count-tokens-text")
    )
  }

  @Test func filesAndModelsMeanTheSame() throws {
    try expectSame(try Self.gemini.file("files/abc-123"), try SDKCapture("33-files-get"))
    try expectSame(try Self.gemini.deleteFile("abc-123"), try SDKCapture("35-files-delete"))
    try expectSame(
      try Self.gemini.downloadFile("files/batch-out-1"),
      try SDKCapture("36-files-download")
    )
    let models = try SDKCapture("52-models-get-list")
    try expectSame(try Self.gemini.model(Self.model), models, 0)
    try expectSame(Self.gemini.models(pageSize: 100), models, 1)
  }

  @Test func cachesMeanTheSame() throws {
    let video = Part(.fileData(FileData(fileUri: Self.youTube, mimeType: "video/mp4")))
    let draft = CachedContent.Draft(
      contents: [Content(parts: [video])],
      systemInstruction: Content(role: nil, parts: [.text("You transcribe verbatim.")]),
      timeToLive: .seconds(3600),
      displayName: "keynote"
    )
    try expectSame(
      try Self.gemini.createCache(draft, model: Self.model),
      try SDKCapture("37-caches-create-video")
    )
    let rest = try SDKCapture("39-caches-get-update-list-delete")
    try expectSame(try Self.gemini.cache("cachedContents/c1"), rest, 0)
    // The SDK names no mask; the service's own document wants one.
    let extend = try Self.gemini.extendCache("cachedContents/c1", timeToLive: .seconds(7200))
    #expect(SDKCapture.line(extend) == rest.line(1) + "?updateMask=ttl")
    #expect(try SDKCapture.body(extend) == rest.body(1))
    try expectSame(try Self.gemini.caches(pageSize: 5), rest, 2)
    try expectSame(try Self.gemini.deleteCache("c1"), rest, 3)
  }

  @Test func batchesMeanTheSame() throws {
    let inline = try SDKCapture("40-batches-create-inline")
    let listed = inline.exchanges[0]["request"]?["body"]?["batch"]?["inputConfig"]?["requests"]?[
      "requests"
    ]
    let requests = try #require(listed?.array).map { entry in
      BatchRequest(
        key: entry["metadata"]?["key"]?.string ?? "",
        request: GenerateContentRequest(json: entry["request"] ?? [:])
      )
    }
    #expect(requests.map(\.key) == ["talk-1", "talk-2"])
    let built = try Self.gemini.createBatch(
      .inline(requests),
      model: Self.model,
      displayName: "talks"
    )
    try expectSame(built, inline)
    let file = try Self.gemini.createBatch(
      .file("files/requests-1"),
      model: Self.model,
      displayName: "talks from a file"
    )
    try expectSame(file, try SDKCapture("41-batches-create-file"))
    let rest = try SDKCapture("42-batches-get-list-cancel-delete")
    try expectSame(try Self.gemini.batch("batches/b1"), rest, 0)
    try expectSame(try Self.gemini.batches(pageSize: 2), rest, 1)
    try expectSame(try Self.gemini.cancelBatch("batches/b1"), rest, 2)
    try expectSame(try Self.gemini.deleteBatch("b1"), rest, 3)
  }

  @Test func agentPlatformMeansTheSame() throws {
    let build = try RequestSchemaTests.agentPlatform
    let generate = try SDKCapture("58-vertex-generate-gs-uri")
    let body = try #require(generate.exchanges[0]["request"]?["body"])
    let request = GenerateContentRequest(json: body)
    try expectSame(
      try build.generateContent(request, model: Self.model, isStreamed: false),
      generate
    )
    let sound = try SDKCapture("66-vertex-audio-timestamp")
    let listening = try #require(sound.exchanges[0]["request"]?["body"])
    let project = try GeminiRequests(
      configuration: GeminiConfiguration(environment: [
        "GOOGLE_GENAI_USE_ENTERPRISE": "true", "GOOGLE_CLOUD_PROJECT": "p-1",
        "GOOGLE_CLOUD_LOCATION": "global", "GOOGLE_API_KEY": "key",
      ])
    )
    try expectSame(
      try project.generateContent(
        GenerateContentRequest(json: listening),
        model: Self.model,
        isStreamed: false
      ),
      sound
    )
    let express = GeminiRequests(
      configuration: try GeminiConfiguration(environment: [
        "GOOGLE_GENAI_USE_VERTEXAI": "1", "GOOGLE_API_KEY": "express-key",
      ])
    )
    try expectSame(
      try express.generateContent(.text("Hello"), model: Self.model, isStreamed: false),
      try SDKCapture("59-vertex-express-api-key")
    )
    let video = Part(.fileData(FileData(fileUri: "gs://b/v.mp4", mimeType: "video/mp4")))
    let draft = CachedContent.Draft(
      contents: [Content(parts: [video])],
      timeToLive: .seconds(600)
    )
    try expectSame(
      try build.createCache(draft, model: Self.model),
      try SDKCapture("60-vertex-cache-create")
    )
    let job = try build.createBatch(
      .cloudStorage(uri: "gs://my-bucket/requests.jsonl", output: "gs://my-bucket/out"),
      model: Self.model,
      displayName: "talks"
    )
    try expectSame(job, try SDKCapture("61-vertex-batch-gcs"))
  }

  @Test func interactionsMeanTheSame() throws {
    let video = Part(
      .fileData(FileData(fileUri: Self.youTube, mimeType: "video/mp4")),
      videoMetadata: VideoMetadata(startOffset: .seconds(10), endOffset: .seconds(70), fps: 1),
      mediaResolution: .low
    )
    let capture = try SDKCapture("44-interactions-create-video-schema")
    let schema = capture.exchanges[0]["request"]?["body"]?["response_format"]?["schema"]
    var request = InteractionRequest(input: [video, .text(Self.prompt)])
    var config = GenerationConfig()
    config.seed = 42
    config.temperature = 0
    config.thinkingConfig = ThinkingConfig(thinkingLevel: .low)
    config.responseMimeType = "application/json"
    config.responseJsonSchema = schema
    request.generationConfig = config
    request.store = false
    try expectSame(
      try Self.gemini.createInteraction(request, model: Self.model, isStreamed: false),
      capture
    )
    let plain = Part(.fileData(FileData(fileUri: Self.youTube, mimeType: "video/mp4")))
    try expectSame(
      try Self.gemini.createInteraction(
        InteractionRequest(input: [plain, .text(Self.prompt)]),
        model: Self.model,
        isStreamed: true
      ),
      try SDKCapture("45-interactions-create-stream")
    )
    let sound = Part(
      .fileData(
        FileData(
          fileUri: "https://generativelanguage.googleapis.com/v1beta/files/abc-123",
          mimeType: "audio/mp3"
        )
      ),
      audioMetadata: AudioMetadata(startOffset: .seconds(60), endOffset: .seconds(120))
    )
    var listening = InteractionRequest(input: [sound, .text("Transcribe.")])
    listening.store = false
    try expectSame(
      try Self.gemini.createInteraction(listening, model: Self.model, isStreamed: false),
      try SDKCapture("65-interactions-audio-processing")
    )
    let rest = try SDKCapture("46-interactions-follow-up-get-cancel-delete")
    // The SDK says that it wants no events, which is what the service gives by itself.
    let get = try Self.gemini.interaction("int-1")
    #expect(SDKCapture.line(get) + "?stream=false" == rest.line(1))
    try expectSame(try Self.gemini.cancelInteraction("int-1"), rest, 2)
    try expectSame(try Self.gemini.deleteInteraction("int-1"), rest, 3)
  }

  @Test(arguments: [
    ("25-files-upload-small", 8 << 20), ("26-files-upload-three-chunks", 8 << 20),
    ("27-files-upload-exact-chunk-multiple", 8 << 20),
  ])
  func uploadsTakeTheSameSteps(_ name: String, _ chunkSize: Int) async throws {
    let capture = try SDKCapture(name)
    let size = try #require(
      capture.header("X-Goog-Upload-Header-Content-Length", 0).flatMap { Int($0) }
    )
    let answers = capture.exchanges.map { exchange -> ScriptedTransport.Answer in
      var headers = HTTPHeaders()
      for (name, value) in exchange["response"]?["headers"]?.object?.members ?? [] {
        headers.append(name, (value.string ?? "").replacing("HOST", with: "upload.example"))
      }
      return .json(exchange["response"]?["body"]?.rendered() ?? "", headers: headers)
    }
    let transport = ScriptedTransport(answers)
    var upload = FileUpload(path: "/talk.mp4", size: size, mimeType: "video/mp4")
    upload.chunkSize = chunkSize
    let file = try await GeminiClient.forTest(transport).uploadFile(upload)
    #expect(file.name.hasPrefix("files/"))
    let requests = transport.requests
    #expect(requests.count == capture.exchanges.count)
    for (index, request) in requests.enumerated() {
      #expect(SDKCapture.line(request) == capture.line(index))
      for header in ["X-Goog-Upload-Command", "X-Goog-Upload-Offset"] {
        #expect(request.headers[header] == capture.header(header, index), "\(header) \(index)")
      }
      if index > 0 {
        let sent = capture.exchanges[index]["request"]?["body"]?["__bytes__"]?.int
        #expect(request.body.count == sent)
        #expect(request.headers["x-goog-api-key"] == nil)
        #expect(request.url.hasPrefix("https://generativelanguage.googleapis.com/upload/session/"))
      }
    }
  }
}
