import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct StrictnessTests {
  /// A request the service refuses, and what its message holds.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: JSONValue
    let message: String
    var model = EmulatorSession.model

    init(_ name: String, _ body: JSONValue, _ message: String, model: String? = nil) {
      testDescription = name
      self.body = body
      self.message = message
      if let model { self.model = model }
    }
  }

  private static func schema(_ name: String, _ schema: JSONValue, _ message: String) -> Refusal {
    let config: JSONValue = [
      "responseMimeType": "application/json", "responseJsonSchema": schema,
    ]
    return Refusal(name, .prompt(config: config), message)
  }

  static let refusals = [
    Refusal(
      "unknown field",
      ["contents": [["parts": [["text": "a", "colour": 1]]]], "colour": 1],
      "Unknown name \"colour\" at 'contents[0].parts[0]': Cannot find field."
    ),
    Refusal(
      "video settings inside the file data",
      [
        "contents": [["parts": [["fileData": ["fileUri": "https://a.b/c", "videoMetadata": [:]]]]]]
      ],
      "Unknown name \"videoMetadata\" at 'contents[0].parts[0].file_data'"
    ),
    Refusal(
      "unknown enumeration value",
      .prompt(config: ["mediaResolution": "LOW"]),
      "Invalid value at 'generation_config.media_resolution'"
    ),
    Refusal("fps above 24", .prompt(part: ["videoMetadata": ["fps": 30]]), "(0.0, 24.0]"),
    Refusal("fps of 0", .prompt(part: ["videoMetadata": ["fps": 0]]), "(0.0, 24.0]"),
    Refusal(
      "offset without its unit",
      .prompt(part: ["videoMetadata": ["startOffset": "10"]]),
      "Invalid value at 'contents[0].parts[0].video_metadata.start_offset'"
    ),
    Refusal(
      "end before start",
      .prompt(part: ["videoMetadata": ["startOffset": "20s", "endOffset": "10s"]]),
      "start_offset"
    ),
    Refusal(
      "minimal thinking on 3.8 Flash",
      .prompt(config: ["thinkingConfig": ["thinkingLevel": "MINIMAL"]]),
      "Thinking level MINIMAL is not supported for this model.",
      model: "gemini-3.8-flash"
    ),
    Refusal(
      "a level on 2.5 Flash",
      .prompt(config: ["thinkingConfig": ["thinkingLevel": "LOW"]]),
      "Thinking level is not supported for this model.",
      model: "gemini-2.5-flash"
    ),
    Refusal(
      "a budget out of range",
      .prompt(config: ["thinkingConfig": ["thinkingBudget": 20]]),
      "between 512 and 24576",
      model: "gemini-2.5-flash-lite"
    ),
    Refusal(
      "both thinking controls",
      .prompt(config: ["thinkingConfig": ["thinkingBudget": 20, "thinkingLevel": "LOW"]]),
      "only one of thinking budget and thinking level"
    ),
    Refusal("no contents", [:], "contents is not specified"),
    Refusal("a part without data", ["contents": [["parts": [[:]]]]], "'data'"),
    Refusal(
      "two kinds of data",
      ["contents": [["parts": [["text": "a", "fileData": ["fileUri": "https://a.b/c"]]]]]],
      "oneof"
    ),
    Refusal(
      "a wrong role",
      ["contents": [["role": "boss", "parts": [["text": "a"]]]]],
      "valid role"
    ),
    Refusal(
      "an unsupported media type",
      [
        "contents": [
          ["parts": [["inlineData": ["mimeType": "application/zip", "data": "AAAA"]]]]
        ]
      ],
      "Unsupported MIME type: application/zip"
    ),
    Refusal(
      "bytes that are not base64",
      ["contents": [["parts": [["inlineData": ["mimeType": "video/mp4", "data": "§§"]]]]]],
      "TYPE_BYTES"
    ),
    Refusal(
      "a schema without JSON",
      .prompt(config: ["responseSchema": ["type": "OBJECT"]]),
      "response_mime_type"
    ),
    schema("fewer than no rows", ["type": "ARRAY", "maxItems": -9], "max_items"),
    schema("endless rows", ["type": "array", "minItems": .init(Int.max)], "min_items"),
    schema(
      "a schema that grows without end",
      ["type": "object", "properties": ["a": ["$ref": "#"], "b": ["$ref": "#"]]],
      "too many states"
    ),
    Refusal("temperature 3", .prompt(config: ["temperature": 3]), "temperature"),
    Refusal("too many output tokens", .prompt(config: ["maxOutputTokens": 70_000]), "65537"),
    Refusal("gs:// on AI Studio", .prompt(uri: "gs://bucket/a.mp4"), "gs://"),
    Refusal(
      "agentic on 3.5 Flash",
      .prompt(part: ["mediaProcessing": "AGENTIC"]),
      "Agentic",
      model: "gemini-3.5-flash"
    ),
    Refusal(
      "resolution of a part on 2.5",
      .prompt(part: ["mediaResolution": ["level": "MEDIA_RESOLUTION_LOW"]]),
      "Media resolution",
      model: "gemini-2.5-flash"
    ),
    Refusal(
      "a last turn of the model",
      ["contents": [["role": "model", "parts": [["text": "a"]]]]],
      "last turn"
    ),
    Refusal(
      "an address that cannot be fetched",
      .prompt(uri: "https://nowhere.invalid/a.mp4"),
      "Cannot fetch"
    ),
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) async throws {
    try await EmulatorSession.run { session in
      for verb in ["generateContent", "streamGenerateContent?alt=sse"] {
        let reply = await session.call(verb, refusal.body, model: refusal.model)
        #expect(reply.status == 400)
        let error = reply.json["error"]
        #expect(error?["status"]?.string == "INVALID_ARGUMENT")
        #expect(error?["message"]?.string?.contains(refusal.message) == true)
      }
      #expect(session.emulator.log.answeredGenerationCount == 0)
    }
  }

  @Test func everyUnknownFieldIsNamed() async throws {
    try await EmulatorSession.run { session in
      let body: JSONValue = ["one": 1, "generationConfig": ["two": 2], "contents": []]
      let error = await session.call("generateContent", body).json["error"]
      let violations = error?["details"]?[0]?["fieldViolations"]?.array ?? []
      #expect(violations.map { $0["field"]?.string } == [nil, "generation_config"])
    }
  }

  @Test func bothSpellingsOfANameAreTaken() async throws {
    try await EmulatorSession.run { session in
      let snake: JSONValue = [
        "contents": [
          [
            "parts": [
              [
                "file_data": ["file_uri": "https://a.b/sample.webm", "mime_type": "video/webm"],
                "video_metadata": ["start_offset": "10s", "end_offset": "20s", "fps": 2.0],
                "media_resolution": ["level": "MEDIA_RESOLUTION_HIGH"],
              ]
            ]
          ]
        ],
        "generation_config": [
          "response_mime_type": "application/json",
          "response_schema": ["type": "array", "max_items": "2", "items": ["type": "string"]],
          "thinking_config": ["thinking_level": "LOW"],
        ],
      ]
      let answer = await session.call("generateContent", snake).json
      #expect(answer["usageMetadata"]?["promptTokensDetails"]?[0]?["tokenCount"]?.int == 20 * 264)
      let tables = try answer.answerTables()
      #expect(tables.array?.count == 2)
    }
  }

  static let keys: [(String?, Int, String?)] = [
    (nil, 403, "PERMISSION_DENIED"), ("invalid-key", 400, "INVALID_ARGUMENT"),
    ("anything", 200, nil),
  ]

  @Test(arguments: keys)
  func keysAreAskedFor(_ key: String?, _ status: Int, _ name: String?) async throws {
    try await EmulatorSession.run { session in
      let reply = await session.client.send(
        "POST",
        "/v1beta/models/\(EmulatorSession.model):generateContent",
        headers: key.map { [("x-goog-api-key", $0)] } ?? [],
        json: .prompt()
      )
      #expect(reply.status == status)
      #expect(reply.json["error"]?["status"]?.string == name)
      if status == 400 {
        #expect(
          reply.json["error"]?["details"]?[0]?["reason"]?.string == "API_KEY_INVALID"
        )
      }
    }
  }

  @Test(arguments: ["gemini-9-ultra", "gemini-2.0-flash"])
  func aModelThatIsNotThereIsNotFound(_ model: String) async throws {
    try await EmulatorSession.run { session in
      let reply = await session.call("generateContent", .prompt(), model: model)
      #expect(reply.status == 404)
      #expect(reply.json["error"]?["message"]?.string?.contains("models/\(model)") == true)
      #expect(await session.get("/v1beta/models/\(model)").status == 404)
    }
  }

  @Test func aliasesAnswerOnTheBetaVersionOnly() async throws {
    try await EmulatorSession.run { session in
      let beta = await session.call("generateContent", .prompt(), model: "gemini-flash-latest")
      #expect(beta.json["modelVersion"]?.string == "gemini-3.8-flash")
      let stable = await session.call(
        "generateContent",
        .prompt(),
        model: "gemini-flash-latest",
        version: "v1"
      )
      #expect(stable.status == 404)
    }
  }

  @Test func aBodyOverTheLimitIsRefusedByItsSize() async throws {
    try await EmulatorSession.run { session in
      let reply = await session.client.send(
        "POST",
        "/v1beta/models/\(EmulatorSession.model):generateContent",
        headers: [("x-goog-api-key", "test")],
        body: Array(repeating: 32, count: 20_971_521)
      )
      #expect(reply.status == 400)
      #expect(reply.json["error"]?["message"]?.string?.contains("20971520") == true)
    }
  }

  @Test(arguments: [
    "/", "/v9/models", "/v1beta/nothing", "/v1beta/models/a/b/c", "/v1beta/files/a:b",
  ])
  func pathsThatDoNotExistAreNotFound(_ path: String) async throws {
    try await EmulatorSession.run { session in
      #expect(await session.get(path).status == 404)
    }
  }

  @Test func brokenJSONIsRefusedWithItsPlace() async throws {
    try await EmulatorSession.run { session in
      let reply = await session.client.send(
        "POST",
        "/v1beta/models/\(EmulatorSession.model):generateContent",
        headers: [("x-goog-api-key", "test")],
        body: Array("{\"contents\": [".utf8)
      )
      #expect(reply.status == 400)
      #expect(reply.json["error"]?["message"]?.string?.contains("Invalid JSON payload") == true)
    }
  }
}
