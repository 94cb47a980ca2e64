import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

/// Every kind of answer, held against the schemas Google publishes.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct PublishedSchemaTests {
  /// What is wrong with an answer to a request, by the published method that serves it.
  private func problems(
    _ api: PublishedAPI,
    _ method: String,
    _ path: String,
    _ answer: JSONValue
  ) -> [String] {
    guard let served = api.method(method, path) else { return ["no method for \(method) \(path)"] }
    guard let schema = served.response else { return [] }
    return api.schema.problems(in: answer, schema: schema, direction: .response)
  }

  @Test func answersOfAIStudioAreValid() async throws {
    let api = try PublishedAPI.geminiAPI()
    try await EmulatorSession.run { session in
      let model = "v1beta/models/\(EmulatorSession.model)"
      let file = try await session.upload(Sample.video, type: "video/webm")
      let name = file["name"]?.string ?? ""
      let cache = await session.client.send("POST", "/v1beta/cachedContents", json: Self.cache).json
      let cacheName = cache["name"]?.string ?? ""
      let batch = await session.client.send(
        "POST",
        "/\(model):batchGenerateContent",
        json: ["batch": ["inputConfig": ["requests": ["requests": [["request": .prompt()]]]]]]
      ).json
      let batchName = batch["name"]?.string ?? ""
      #expect(problems(api, "POST", "\(model):batchGenerateContent", batch) == [])
      #expect(problems(api, "POST", "v1beta/cachedContents", cache) == [])
      for _ in 0..<3 {
        let operation = await session.get("/v1beta/\(batchName)").json
        #expect(problems(api, "GET", "v1beta/\(batchName)", operation) == [])
        let metadata = operation["metadata"]?.object?.removing { $0 == "@type" } ?? [:]
        #expect(
          api.schema.problems(
            in: .object(metadata),
            schema: "GenerateContentBatch",
            direction: .response
          ) == []
        )
      }
      for path in [
        "v1beta/models", model, "v1beta/files", "v1beta/\(name)", "v1beta/cachedContents",
        "v1beta/\(cacheName)", "v1beta/batches",
      ] {
        let answer = await session.get("/\(path)").json
        #expect(answer.object?.isEmpty == false)
        #expect(problems(api, "GET", path, answer) == [], "\(path)")
      }
      let count = await session.call("countTokens", ["contents": [["parts": [["text": "a"]]]]])
      #expect(problems(api, "POST", "\(model):countTokens", count.json) == [])
    }
  }

  private static let cache: JSONValue = [
    "model": "models/gemini-3.8-flash",
    "contents": [
      [
        "role": "user",
        "parts": [["fileData": ["fileUri": "https://a.b/sample.webm", "mimeType": "video/webm"]]],
      ]
    ],
  ]

  @Test func generationsAreValidWithEveryFaultThatKeepsThemWhole() async throws {
    let api = try PublishedAPI.geminiAPI()
    let whole: [Fault.Kind] = [.maxTokens, .loop, .recitation, .blockedPrompt, .emptyCandidates]
    for kind in [nil] + whole.map(Optional.some) {
      var options = EmulatorOptions()
      if let kind { options.scenario = Scenario(rules: [.init(Fault(kind))]) }
      try await EmulatorSession.run(options) { session in
        let config: JSONValue = [
          "thinkingConfig": ["thinkingLevel": "HIGH", "includeThoughts": true]
        ]
        let path = "v1beta/models/\(EmulatorSession.model):generateContent"
        let answer = await session.call("generateContent", .prompt(config: config)).json
        #expect(problems(api, "POST", path, answer) == [])
        let stream = await session.call("streamGenerateContent?alt=sse", .prompt(config: config))
        for event in stream.events {
          let chunk = try JSONValue(parsing: event)
          #expect(problems(api, "POST", path, chunk) == [])
        }
      }
    }
  }

  @Test func answersOfTheAgentPlatformAreValid() async throws {
    let api = try PublishedAPI.agentPlatform()
    let schemas = [
      (":generateContent", JSONValue.prompt(), "GenerateContentResponse"),
      (":countTokens", ["contents": [["parts": [["text": "a"]]]]], "CountTokensResponse"),
    ]
    try await EmulatorSession.run { session in
      for (verb, body, name) in schemas {
        let answer = await session.client.send(
          "POST",
          "/v1beta1/projects/p/locations/l/publishers/google/models/\(EmulatorSession.model)\(verb)",
          json: body
        )
        #expect(answer.status == 200)
        let schema = "GoogleCloudAiplatformV1beta1\(name)"
        #expect(api.schema.problems(in: answer.json, schema: schema, direction: .response) == [])
      }
    }
  }

  @Test func interactionsAndTheirEventsAreValid() async throws {
    let schema = try PublishedAPI.interactions()
    let names = [
      "interaction.created": "InteractionCreatedEvent",
      "interaction.status_update": "InteractionStatusUpdate", "step.start": "StepStart",
      "step.delta": "StepDelta", "step.stop": "StepStop",
      "interaction.completed": "InteractionCompletedEvent",
    ]
    try await EmulatorSession.run { session in
      let order: JSONObject = [
        "model": "gemini-3.8-flash", "input": "Hello.",
        "generation_config": ["thinking_level": "high"],
      ]
      let path = "/v1beta/interactions"
      let answer = await session.client.send("POST", path, json: .object(order)).json
      #expect(answer["steps"]?.array?.count == 2)
      #expect(schema.problems(in: answer, schema: "Interaction", direction: .response) == [])
      var streamed = order
      streamed["stream"] = true
      let reply = await session.client.send("POST", path, json: .object(streamed))
      for event in try reply.events.dropLast().map({ try JSONValue(parsing: $0) }) {
        let name = try #require(names[event["event_type"]?.string ?? ""])
        #expect(schema.problems(in: event, schema: name, direction: .response) == [])
      }
    }
  }

  /// Recorded requests of Google's own SDK; the emulator must understand each of them.
  static let captures = [
    "01-generate-text-only", "02-generate-youtube-defaults", "03-generate-notebook-request",
    "04-generate-segment-fps-full-config", "05-generate-cloud-storage-https",
    "07-generate-thinking-budget-thoughts", "08-generate-system-instruction-safety",
    "09-generate-response-json-schema", "10-generate-list-schema", "11-generate-enum-schema",
    "12-generate-schema-optional-literal-ordering", "15-generate-part-media-resolution",
    "16-generate-agentic-media-processing", "19-stream-plain",
    "20-stream-schema-low-resolution", "23-count-tokens-text", "24-count-tokens-video-metadata",
    "37-caches-create-video", "40-batches-create-inline", "43-interactions-create-text",
    "44-interactions-create-video-schema", "45-interactions-create-stream",
    "50-tools-search-url-context",
    "53-http-options-timeout-headers-extra-body", "54-api-version-v1beta",
    "58-vertex-generate-gs-uri",
    "59-vertex-express-api-key", "60-vertex-cache-create",
  ]

  @Test(arguments: captures) func recordedRequestsOfTheSDKAreUnderstood(_ name: String) async throws
  {
    let capture = try JSONValue(
      parsing: try SharedFixtures.text("gemini/sdk-captures/\(name).json")
    )
    let request = try #require(capture["exchanges"]?[0]?["request"])
    let query = (request["query"]?.array ?? []).map {
      "\($0[0]?.string ?? "")=\($0[1]?.string ?? "")"
    }
    let target =
      (request["path"]?.string ?? "") + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    try await EmulatorSession.run { session in
      let reply = await session.client.send("POST", target, json: request["body"] ?? .null)
      #expect(reply.status == 200, "\(reply.text.prefix(300))")
    }
  }
}
