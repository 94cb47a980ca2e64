import GeminiAPI
import HostSystem
import OrderedJSON
import Testing

@Suite struct StreamTests {
  private func event(_ text: String, reason: String? = nil, token: String? = nil) -> [UInt8] {
    Array("data: \(GeminiClientTests.reply(text, reason: reason, token: token))\n\n".utf8)
  }

  private func read(
    _ answers: [ScriptedTransport.Answer],
    options: CallOptions = CallOptions()
  ) async throws -> ([GenerateContentResponse], GeminiError?, ScriptedTransport) {
    let transport = ScriptedTransport(answers)
    var chunks: [GenerateContentResponse] = []
    do {
      let stream = try await GeminiClient.forTest(transport)
        .streamGenerateContent(.text("a"), model: "m", options: options)
      for try await chunk in stream { chunks.append(chunk) }
      return (chunks, nil, transport)
    } catch let error as GeminiError {
      return (chunks, error, transport)
    }
  }

  @Test func asksForEventsAndHandsOutChunks() async throws {
    let stream = ScriptedTransport.Answer.response(
      status: 200,
      chunks: [event("one "), event("two", reason: "STOP")]
    )
    let (chunks, error, transport) = try await read([stream])
    #expect(error == nil)
    #expect(chunks.map(\.text) == ["one ", "two"])
    #expect(transport.requests.first?.url.hasSuffix(":streamGenerateContent?alt=sse") == true)
  }

  @Test func handsOutEachChunkBeforeTheNextArrives() async throws {
    let pulled = Lock(0)
    let pieces = [event("one "), event("two"), event("three", reason: "STOP")]
    let body = HTTPBody {
      pulled.withLock { count in
        defer { count += 1 }
        return count < pieces.count ? pieces[count] : nil
      }
    }
    let stream = try await GeminiClient.forTest(FixedTransport(body: body))
      .streamGenerateContent(.text("a"), model: "m")
    var chunks = stream.makeAsyncIterator()
    #expect(try await chunks.next()?.text == "one ")
    #expect(pulled.withLock { $0 } == 1)
  }

  @Test func noticesAStreamThatEndsInTheMiddle() async throws {
    let (chunks, error, transport) = try await read([
      .response(status: 200, chunks: [event("one "), event("two")])
    ])
    #expect(chunks.map(\.text) == ["one ", "two"])
    #expect(error?.code == .streamEndedEarly)
    #expect(transport.requests.count == 1)
  }

  @Test(arguments: [
    "data: {\"error\": {\"code\": 503, \"message\": \"overloaded\"}}\n\n",
    "{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"overloaded\"\n  }\n}\n",
  ])
  func reportsAnErrorInTheMiddle(_ text: String) async throws {
    let (chunks, error, _) = try await read([
      .response(status: 200, chunks: [event("one "), Array(text.utf8)])
    ])
    #expect(chunks.map(\.text) == ["one "])
    #expect(error?.code == .unavailable)
    #expect(error?.message == "overloaded")
  }

  @Test func takesUpAnInterruptedAnswerWithoutTheReaderNoticing() async throws {
    let (chunks, error, transport) = try await read([
      .response(status: 200, chunks: [event("one ", reason: "CONTINUATION", token: "MQ==")]),
      .response(status: 200, chunks: [event("two", reason: "STOP")]),
    ])
    #expect(error == nil)
    #expect(chunks.map(\.text) == ["one ", "two"])
    #expect(chunks.map(\.finishReason) == [nil, .stop])
    #expect(chunks.last?.usageMetadata?.promptTokenCount == 20)
    #expect(transport.bodies.map { $0["continuationToken"]?.string } == [nil, "MQ=="])
  }

  @Test func resumesADroppedStreamOnlyFromItsLastCheckpoint() async throws {
    let lost = TransportError(.connectionLost, "reset")
    let (chunks, error, transport) = try await read([
      .broken(status: 200, chunks: [event("one ", token: "MQ==")], lost),
      .response(status: 200, chunks: [event("two", reason: "STOP")]),
    ])
    #expect(error == nil)
    #expect(chunks.map(\.text) == ["one ", "two"])
    #expect(transport.bodies.last?["continuationToken"] == "MQ==")
    // Text after the checkpoint would come a second time.
    let (_, later, second) = try await read([
      .broken(status: 200, chunks: [event("one ", token: "MQ=="), event("more ")], lost)
    ])
    #expect(later?.code == .streamEndedEarly)
    #expect(second.requests.count == 1)
  }

  @Test func asksOnceMoreForAStreamThatSaysNothing() async throws {
    let (chunks, error, transport) = try await read([
      .response(status: 200), .response(status: 200, chunks: [event("hello", reason: "STOP")]),
    ])
    #expect(error == nil)
    #expect(chunks.map(\.text) == ["hello"])
    #expect(transport.requests.count == 2)
  }

  @Test func endsABlockedPromptWithItsReason() async throws {
    let blocked = Array("data: {\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}\n\n".utf8)
    let (chunks, error, _) = try await read([.response(status: 200, chunks: [blocked])])
    #expect(error == nil)
    #expect(chunks.map(\.blockReason) == [.safety])
  }

  @Test func storesEachByteBeforeItIsRead() async throws {
    let pieces = [event("one "), Array("data: {broken\n\n".utf8)]
    let stored = Lock([[UInt8]]())
    let options = CallOptions(onReply: { event in
      if case .bytes(let bytes) = event { stored.withLock { $0.append(bytes) } }
    })
    let (_, error, _) = try await read([.response(status: 200, chunks: pieces)], options: options)
    #expect(error?.code == .malformedResponse)
    #expect(stored.withLock { $0 } == pieces)
  }
}

/// Answers every request with one body.
struct FixedTransport: HTTPTransport {
  let body: HTTPBody

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    HTTPResponse(status: 200, body: body)
  }
}
