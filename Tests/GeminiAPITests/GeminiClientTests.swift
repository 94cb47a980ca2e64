import GeminiAPI
import HostSystem
import OrderedJSON
import Testing

@Suite struct GeminiClientTests {
  static func reply(
    _ text: String,
    reason: String? = "STOP",
    token: String? = nil,
    tokens: Int = 10
  )
    -> String
  {
    var candidate: JSONObject = ["content": ["parts": [["text": .string(text)]], "role": "model"]]
    candidate["finishReason"] = reason.map { .string($0) }
    candidate["continuationToken"] = token.map { .string($0) }
    let usage: JSONValue = ["promptTokenCount": JSONValue(tokens), "candidatesTokenCount": 3]
    let value: JSONValue = ["candidates": [.object(candidate)], "usageMetadata": usage]
    return value.rendered()
  }

  private static let overloaded =
    #"{"error": {"code": 503, "status": "UNAVAILABLE", "message": "x"}}"#

  @Test func sendsTheKeyInAHeaderAndNeverInTheAddress() async throws {
    let transport = ScriptedTransport([.json(Self.reply("hello"))])
    _ = try await GeminiClient.forTest(transport).generateContent(.text("a"), model: "gemini-x")
    let request = try #require(transport.requests.first)
    #expect(request.headers["X-Goog-Api-Key"] == "test-key-1234")
    #expect(
      request.url
        == "https://generativelanguage.googleapis.com/v1beta/models/gemini-x:generateContent"
    )
    #expect(!request.redactedJSON.rendered().contains("test-key"))
    #expect(!"\(request) \(request.headers)".contains("test-key"))
  }

  @Test func retriesAnOverloadedServiceAndTellsSo() async throws {
    let transport = ScriptedTransport([
      .json(Self.overloaded, status: 503), .failure(TransportError(.connectionLost, "reset")),
      .json(Self.reply("hello")),
    ])
    let clock = ManualClock()
    let notices = Lock([String]())
    let options = CallOptions(onRetry: { notice in
      notices.withLock { $0.append("\(notice.attempt) \(notice.delay)") }
    })
    let answer = try await GeminiClient.forTest(transport, clock)
      .generateContent(.text("a"), model: "m", options: options)
    #expect(answer.text == "hello")
    #expect(clock.sleeps == [.seconds(1), .seconds(2)])
    #expect(notices.withLock { $0 } == ["1 1.0 seconds", "2 2.0 seconds"])
  }

  @Test func holdsTheModelBackAfterAQuotaError() async throws {
    let quota = """
      {"error": {"code": 429, "message": "slow down", "details": [
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "20s"}]}}
      """
    let transport = ScriptedTransport([
      .json(quota, status: 429), .json(Self.reply("hello")), .json(Self.reply("again")),
    ])
    let clock = ManualClock()
    let client = GeminiClient.forTest(transport, clock)
    #expect(try await client.generateContent(.text("a"), model: "m").text == "hello")
    #expect(clock.sleeps == [.seconds(20)])
    #expect(try await client.generateContent(.text("a"), model: "m").text == "again")
    #expect(clock.sleeps == [.seconds(20)])
  }

  @Test func neverWaitsPastTheDeadline() async throws {
    let answers = [ScriptedTransport.Answer](
      repeating: .json(Self.overloaded, status: 503),
      count: 5
    )
    let clock = ManualClock()
    let error = await #expect(throws: GeminiError.self) {
      try await GeminiClient.forTest(ScriptedTransport(answers), clock)
        .generateContent(.text("a"), model: "m", options: CallOptions(deadline: .seconds(5)))
    }
    #expect(error?.code == .unavailable)
    #expect(clock.now == .seconds(3))
  }

  @Test func tellsTheServiceWhenItGivesUp() async throws {
    let transport = ScriptedTransport([.json(Self.reply("hello"))])
    _ = try await GeminiClient.forTest(transport)
      .generateContent(
        .text("a"),
        model: "m",
        options: CallOptions(deadline: .milliseconds(90_500))
      )
    #expect(transport.requests.first?.headers["X-Server-Timeout"] == "91")
    #expect(transport.requests.first?.limits.total == .milliseconds(90_500))
  }

  @Test func doesNotPayTwiceForAReplyThatBrokeOff() async throws {
    let broken = ScriptedTransport.Answer.broken(
      status: 200,
      chunks: [Array("{\"candidates\": [".utf8)],
      TransportError(.connectionLost, "reset")
    )
    let transport = ScriptedTransport([broken, .json(Self.reply("hello"))])
    let stored = Lock([UInt8]())
    let options = CallOptions(onReply: { event in
      if case .bytes(let bytes) = event { stored.withLock { $0 += bytes } }
    })
    let error = await #expect(throws: GeminiError.self) {
      try await GeminiClient.forTest(transport)
        .generateContent(.text("a"), model: "m", options: options)
    }
    #expect(error?.code == .connection)
    #expect(transport.requests.count == 1)
    #expect(stored.withLock { String(decoding: $0, as: UTF8.self) } == "{\"candidates\": [")
  }

  @Test func asksTwiceMoreForAnAnswerThatSaysNothingAndCountsThemAll() async throws {
    let transport = ScriptedTransport([.json("{}"), .json(Self.reply("hello"))])
    #expect(
      try await GeminiClient.forTest(transport).generateContent(.text("a"), model: "m").text
        == "hello"
    )
    let empty = #"{"usageMetadata": {"promptTokenCount": 5}}"#
    let late = ScriptedTransport([.json(empty), .json(empty), .json(Self.reply("hello"))])
    let clock = ManualClock()
    let answer = try await GeminiClient.forTest(late, clock)
      .generateContent(.text("a"), model: "m")
    #expect(answer.usageMetadata?.promptTokenCount == 20)
    #expect(clock.sleeps == [.seconds(1), .seconds(2)])
    let mute = ScriptedTransport(Array(repeating: .json("{}"), count: 9))
    let error = await #expect(throws: GeminiError.self) {
      try await GeminiClient.forTest(mute).generateContent(.text("a"), model: "m")
    }
    #expect(error?.code == .emptyResponse)
    #expect(mute.requests.count == 3)
  }

  @Test func takesUpAnAnswerTheServiceInterrupts() async throws {
    let transport = ScriptedTransport([
      .json(Self.reply("one ", reason: "CONTINUATION", token: "MQ==")),
      .json(Self.reply("two ", reason: "CONTINUATION", token: "Mg==")), .json(Self.reply("three")),
    ])
    let answer = try await GeminiClient.forTest(transport).generateContent(.text("a"), model: "m")
    #expect(answer.text == "one two three")
    #expect(answer.finishReason == .stop)
    #expect(answer.usageMetadata?.promptTokenCount == 30)
    #expect(answer.usageMetadata?.candidatesTokenCount == 9)
    let tokens = transport.bodies.map { $0["continuationToken"]?.string }
    #expect(tokens == [nil, "MQ==", "Mg=="])
  }

  @Test func stopsWhenAContinuationDoesNotGoOn() async throws {
    let stuck = Self.reply("one ", reason: "CONTINUATION", token: "MQ==")
    let transport = ScriptedTransport([.json(stuck), .json(stuck), .json(stuck)])
    let answer = try await GeminiClient.forTest(transport).generateContent(.text("a"), model: "m")
    #expect(answer.finishReason == .continuation)
    #expect(transport.requests.count == 2)
  }

  @Test func repeatsNoKeyThatTheServiceRepeats() async throws {
    let body = #"{"error": {"code": 403, "message": "api_key:test-key-1234 is suspended"}}"#
    let error = await #expect(throws: GeminiError.self) {
      try await GeminiClient.forTest(ScriptedTransport([.json(body, status: 403)]))
        .generateContent(.text("a"), model: "m")
    }
    #expect(error?.message == "api_key:REDACTED is suspended")
  }

  @Test func sendsNothingWithoutAKey() async throws {
    let transport = ScriptedTransport([])
    let client = GeminiClient(
      configuration: try GeminiConfiguration(environment: [:]),
      transport: transport
    )
    let error = await #expect(throws: GeminiError.self) {
      try await client.generateContent(.text("a"), model: "m")
    }
    #expect(error?.code == .missingCredentials)
    #expect(transport.requests.isEmpty)
  }

  @Test(arguments: ["", "a b", "../files", "models/a?x=1", "a#b", "/models/a"])
  func refusesNamesThatWouldChangeTheAddress(_ name: String) async throws {
    let client = GeminiClient.forTest(ScriptedTransport([]))
    #expect(throws: GeminiError.self) {
      try client.requests.generateContent(.text("a"), model: name, isStreamed: false)
    }
  }
}
