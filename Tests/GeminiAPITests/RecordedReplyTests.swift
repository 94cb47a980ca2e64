import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

/// Real recorded replies decode to what the reference says.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct RecordedReplyTests {
  /// What has to come out of one recorded reply.
  struct Case: Sendable, CustomTestStringConvertible {
    let expected: JSONValue
    var testDescription: String {
      let file = expected["file"]?.string?.split(separator: "/").last ?? ""
      return "\(file) \(expected["interaction"]?.int ?? 0)"
    }
  }

  static let cases: [Case] = {
    guard let text = try? SharedFixtures.text("fixtures/reference/decoding/expected.jsonl") else {
      return []
    }
    return text.split(separator: "\n").compactMap { line in
      (try? JSONValue(parsing: String(line))).map { Case(expected: $0) }
    }
  }()

  @Test func thereAreCases() { #expect(Self.cases.count >= 60) }

  @Test(arguments: cases) func decodesAsExpected(_ example: Case) async throws {
    let reply = try RecordedReply(example.expected)
    try await expect(reply, chunks: [reply.body], example.expected)
    if reply.body.count < 4000 {
      try await expect(reply, chunks: reply.body.map { [$0] }, example.expected)
    }
  }

  @Test func decodesStreamsCutAtEveryByte() async throws {
    let streams = try Self.cases.map { ($0, try RecordedReply($0.expected)) }
      .filter(\.1.isEventStream).sorted { $0.1.body.count < $1.1.body.count }
    #expect(streams.count >= 8)
    for (example, reply) in streams.prefix(4) {
      for cut in reply.body.indices {
        let chunks = [Array(reply.body[..<cut]), Array(reply.body[cut...])]
        try await expect(reply, chunks: chunks, example.expected)
      }
    }
  }

  /// Checks what the client hands out for a reply that comes in the pieces given.
  private func expect(
    _ reply: RecordedReply,
    chunks: [[UInt8]],
    _ expected: JSONValue
  ) async throws {
    let transport = ScriptedTransport([
      .response(status: reply.status, chunks: chunks),
      .response(status: reply.status, chunks: chunks),
    ])
    var client = GeminiClient.forTest(transport)
    client.retryPolicy.maximumAttempts = 1
    var answers: [GenerateContentResponse] = []
    var failure: GeminiError?
    do {
      if reply.isEventStream {
        let stream = try await client.streamGenerateContent(.text("?"), model: "m")
        for try await answer in stream { answers.append(answer) }
      } else {
        answers = [try await client.generateContent(.text("?"), model: "m")]
      }
    } catch let error as GeminiError {
      failure = error
    }
    check(answers, failure, expected)
  }

  private func check(
    _ answers: [GenerateContentResponse],
    _ failure: GeminiError?,
    _ expected: JSONValue
  ) {
    if let error = expected["error"] {
      #expect(failure?.httpStatus == error["code"]?.int)
      #expect(failure?.status == error["status"]?.string)
      let message = error["message"]?.string ?? ""
      #expect(failure?.message == String(message.map { $0.isNewline ? " " : $0 }))
      return
    }
    if expected["candidates"]?.int == 0, expected["blockReason"] == nil {
      #expect(failure?.code == .emptyResponse)
      return
    }
    #expect(failure == nil)
    #expect(answers.map(\.text).joined() == expected["text"]?.string)
    let thoughts = answers.compactMap { $0.candidates.first?.thoughtText }.joined()
    #expect(thoughts == expected["thoughtText"]?.string ?? "")
    #expect(answers.last?.finishReason?.rawValue == expected["finishReason"]?.string)
    #expect(answers.last?.blockReason?.rawValue == expected["blockReason"]?.string)
    #expect(answers.last?.modelVersion == expected["modelVersion"]?.string)
    #expect(answers.last?.responseId == expected["responseId"]?.string)
    let usage = answers.last?.usageMetadata ?? UsageMetadata()
    let counts = [
      "promptTokenCount": usage.promptTokenCount,
      "candidatesTokenCount": usage.candidatesTokenCount,
      "thoughtsTokenCount": usage.thoughtsTokenCount,
      "cachedContentTokenCount": usage.cachedContentTokenCount,
      "totalTokenCount": usage.totalTokenCount,
    ]
    for (name, count) in counts { #expect(count == expected["usage"]?[name]?.int ?? 0, "\(name)") }
    checkOtherParts(answers, expected)
  }

  private func checkOtherParts(_ answers: [GenerateContentResponse], _ expected: JSONValue) {
    let parts = answers.flatMap { $0.candidates.first?.content?.parts ?? [] }
    let kinds = parts.compactMap { part -> String? in
      switch part.payload {
      case .inlineData: "inlineData"
      case .fileData: "fileData"
      case .other(let kind, _): kind
      case .text, .none: nil
      }
    }
    let named = expected["otherPartKinds"]?.array?.compactMap(\.string) ?? []
    #expect(Set(kinds) == Set(named))
  }
}

/// The bytes of one recorded reply, as the service would have sent them.
struct RecordedReply {
  let status: Int
  let body: [UInt8]
  let isEventStream: Bool

  init(_ expected: JSONValue) throws {
    let file = try #require(expected["file"]?.string)
    let text = try SharedFixtures.text("fixtures/\(file)")
    guard let index = expected["interaction"]?.int else {
      status = expected["error"]?["code"]?.int ?? 200
      let lines = file.hasSuffix(".chunks.txt") ? Self.events(text.split(separator: "\n")) : text
      isEventStream = lines.hasPrefix("data:")
      body = Array(lines.utf8)
      return
    }
    let recording = try JSONValue(parsing: text)
    let response = try #require(recording["interactions"]?[index]?["response"])
    status = response["status"]?.int ?? 200
    let isStreamed = expected["streaming"]?.bool ?? false
    let reply = Self.text(response, isStreamed: isStreamed)
    isEventStream = reply.hasPrefix("data:")
    body = Array(reply.utf8)
  }

  private static func text(_ response: JSONValue, isStreamed: Bool) -> String {
    if let segments = response["bodySegments"]?.array {
      let texts = segments.map { $0.rendered() }
      return isStreamed ? events(texts) : texts.joined()
    }
    if let value = response["bodyJSON"] { return value.rendered() }
    let text = response["body"]?.string ?? ""
    // Some clients ask for a list of chunks in place of events; ours always asks for events.
    guard isStreamed, !text.hasPrefix("data:"),
      let chunks = (try? JSONValue(parsing: text))?.array
    else { return text }
    return events(chunks.map { $0.rendered() })
  }

  private static func events(_ documents: [some StringProtocol]) -> String {
    documents.map { "data: \($0)\r\n\r\n" }.joined()
  }
}
