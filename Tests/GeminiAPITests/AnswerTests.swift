import GeminiAPI
import OrderedJSON
import Testing

/// One question through either interface: the same chunks come back.
@Suite struct AnswerTests {
  private static func event(_ name: String, _ data: String) -> String {
    "event: \(name)\ndata: {\"event_type\": \"\(name)\", \(data)}\n\n"
  }

  private static let created = event(
    "interaction.created",
    #""interaction": {"id": "v1_a", "model": "m", "status": "in_progress"}"#
  )

  private static func text(_ text: String) -> String {
    event("step.delta", #""index": 0, "delta": {"type": "text", "text": "\#(text)"}"#)
  }

  private static func completed(_ status: String, _ more: String = "") -> String {
    let usage = #""usage": {"total_input_tokens": 100, "total_output_tokens": 7}"#
    return event(
      "interaction.completed",
      #""interaction": {"id": "v1_a", "status": "\#(status)", \#(usage)\#(more)}"#
    ) + "event: done\ndata: [DONE]\n\n"
  }

  private func client(_ bodies: [String]) -> (GeminiClient, ScriptedTransport) {
    let transport = ScriptedTransport(
      bodies.map { .response(status: 200, chunks: [Array($0.utf8)]) }
    )
    var configuration = GeminiConfiguration(apiKey: Secret("test-key-1234"))
    configuration.api = .interactions
    let client = GeminiClient(
      configuration: configuration,
      transport: transport,
      timing: ManualClock().timing
    )
    return (client, transport)
  }

  private func chunks(_ client: GeminiClient) async throws -> [GenerateContentResponse] {
    var chunks: [GenerateContentResponse] = []
    for try await chunk in try await client.streamAnswer(.text("?"), model: "m") {
      chunks.append(chunk)
    }
    return chunks
  }

  @Test(
    arguments: [
      ("completed", FinishReason.stop), ("incomplete", .maxTokens), ("failed", .other),
      ("cancelled", .other), ("status_of_tomorrow", .other),
    ]
  ) func eventsBecomeChunks(_ status: String, _ reason: FinishReason) async throws {
    let (client, transport) = client([
      Self.created + Self.text("a") + Self.text("b") + Self.completed(status)
    ])
    let chunks = try await chunks(client)
    #expect(chunks.map(\.text).joined() == "ab")
    #expect(chunks.last?.finishReason == reason)
    #expect(chunks.dropLast().allSatisfy { $0.finishReason == nil })
    #expect(chunks.last?.usageMetadata?.promptTokenCount == 100)
    #expect(chunks.first?.modelVersion == "m")
    #expect(transport.requests.first?.url.hasSuffix("/v1beta/interactions") == true)
  }

  @Test func aTextThatComesOnlyAtTheEndIsNotLost() async throws {
    let steps =
      #", "steps": [{"type": "model_output", "content": [{"type": "text", "text": "x"}]}]"#
    let (late, _) = client([Self.created + Self.completed("completed", steps)])
    #expect(try await chunks(late).map(\.text).joined() == "x")
    let (both, _) = client([Self.created + Self.text("x") + Self.completed("completed", steps)])
    #expect(try await chunks(both).map(\.text).joined() == "x")
  }

  @Test func anInterruptedAnswerIsTakenUpAndBothPartsAreBilled() async throws {
    let token = #", "continuation_token": "bmV4dA==""#
    let (client, transport) = client([
      Self.created + Self.text("a") + Self.completed("requires_continuation", token),
      Self.created + Self.text("b") + Self.completed("completed"),
    ])
    let chunks = try await chunks(client)
    #expect(chunks.map(\.text).joined() == "ab")
    #expect(chunks.compactMap(\.finishReason) == [.stop])
    #expect(chunks.last?.usageMetadata?.promptTokenCount == 200)
    let second = try #require(transport.bodies.last)
    #expect(second["continuation_token"] == "bmV4dA==")
    // Nothing is kept at the service, so that all of it is sent again.
    #expect(second["store"] == false)
    #expect(second["previous_interaction_id"] == nil)
    #expect(second["input"] == transport.bodies.first?["input"])
  }

  @Test func aBreakInTheMiddleIsToldAsInTheOtherInterface() async throws {
    let (client, _) = client([Self.created + Self.text("a")])
    let error = await #expect(throws: GeminiError.self) { try await chunks(client) }
    #expect(error?.code == .streamEndedEarly)
  }

  static let refused: [(String, @Sendable (inout GenerateContentRequest) -> Void)] = [
    ("an explicit cache", { $0.cachedContent = "cachedContents/a" }),
    ("a tool configuration", { $0.toolConfig = [:] }),
    (
      "a thinking budget",
      {
        var config = GenerationConfig()
        config.thinkingConfig = ThinkingConfig(thinkingBudget: 128)
        $0.generationConfig = config
      }
    ),
    (
      "topK",
      {
        var config = GenerationConfig()
        config.topK = 1
        $0.generationConfig = config
      }
    ),
    ("the model's own words", { $0.contents.append(Content(role: "model", parts: [.text("a")])) }),
  ]

  @Test(arguments: refused.indices) func whatHasNoPlaceIsRefusedByName(_ index: Int) async throws {
    let (client, transport) = client([])
    var request = GenerateContentRequest.text("?")
    Self.refused[index].1(&request)
    let error = await #expect(throws: GeminiError.self) {
      _ = try await client.streamAnswer(request, model: "m")
    }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.message.contains(Self.refused[index].0) == true)
    #expect(transport.requests.isEmpty)
  }

  @Test func earlierTurnsAreSteps() throws {
    var request = GenerateContentRequest.text("first")
    request.contents.append(Content(role: "model", parts: [.text("answer")]))
    request.contents.append(Content(parts: [.text("second")]))
    let input = try InteractionRequest(request).json(model: "m", isStreamed: false)["input"]
    #expect(
      input?.array?.compactMap { $0["type"]?.string } == [
        "user_input", "model_output", "user_input",
      ]
    )
    #expect(input?[2]?["content"]?[0]?["text"] == "second")
  }

  @Test func aStoredStreamIsReadWhicheverInterfaceWroteIt() throws {
    let interaction = Self.created + Self.text("ab") + Self.completed("completed")
    let answer = try #require(StoredAnswer(Array(interaction.utf8)))
    #expect(answer.chunks.map(\.text).joined() == "ab")
    #expect(answer.finishReason == .stop)
    let plain = "data: \(GeminiClientTests.reply("ab"))\n\n"
    #expect(StoredAnswer(Array(plain.utf8))?.chunks.map(\.text) == ["ab"])
    let cut = try #require(StoredAnswer(Array((interaction.prefix(300)).utf8)))
    #expect(cut.chunks.count <= 2)
    #expect(cut.finishReason == nil)
  }

  @Test(
    arguments: [
      ("GET https://a/b?key=K1 failed", "GET https://a/b?key=REDACTED failed"),
      (
        "\"https://a/v.mp4?x=1&X-Amz-Signature=K1\".",
        "\"https://a/v.mp4?x=1&X-Amz-Signature=REDACTED\"."
      ),
      (
        "see http://a/?sig=K1 and https://b/?token=K2&n=3",
        "see http://a/?sig=REDACTED and https://b/?token=REDACTED&n=3"
      ),
      ("is it so? no://thing", "is it so? no://thing"), ("plain", "plain"),
    ]
  ) func addressesWithinATextLoseTheirSecrets(_ text: String, _ shown: String) {
    #expect(Redaction.text(text) == shown)
    #expect(Redaction.text(shown) == shown)
  }
}
