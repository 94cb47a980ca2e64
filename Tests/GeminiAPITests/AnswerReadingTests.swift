import Foundation
import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

/// An answer is read alike however the network cuts it, and again from what was kept of it.
@Suite struct AnswerReadingTests {
  /// What was read: the law is that it is the same each time.
  private struct Reading: Equatable {
    var text = ""
    var usage: UsageMetadata?
    var reason: String?
    var failure: String?
    var lost = 0

    init() {}

    init(_ answer: StoredAnswer) {
      for chunk in answer.chunks { note(chunk) }
      failure = answer.error?.message
    }

    mutating func note(_ chunk: GenerateContentResponse) {
      text += chunk.text
      usage = chunk.usageMetadata ?? usage
      reason = chunk.finishReason?.rawValue ?? chunk.blockReason?.rawValue ?? reason
      lost += chunk.lostCharacters
    }
  }

  private func live(_ pieces: [[UInt8]]) async throws -> Reading {
    let transport = ScriptedTransport([.response(status: 200, chunks: pieces)])
    var client = GeminiClient.forTest(transport)
    client.retryPolicy.maximumAttempts = 1
    var reading = Reading()
    do {
      let stream = try await client.streamGenerateContent(.text("?"), model: "m")
      for try await chunk in stream { reading.note(chunk) }
    } catch let error as GeminiError {
      // The end of the bytes is the reader's own finding, and no error that the bytes hold.
      let isOfTheEnd = [.streamEndedEarly, .emptyResponse].contains(error.code)
      reading.failure = isOfTheEnd ? nil : error.message
    }
    return reading
  }

  private static let one = #"{"candidates": [{"content": {"parts": [{"text": "one "}]}}]}"#
  private static let two =
    #"{"candidates": [{"content": {"parts": [{"text": "two é"}]}, "finishReason": "STOP"}], "#
    + #""usageMetadata": {"promptTokenCount": 7}}"#
  private static let overload =
    #"{"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}"#
  private static let (high, low) = (
    one.replacing("one ", with: "one \\ud83d"), two.replacing("two", with: "\\ude00 two")
  )

  static let bodies: [(String, String, String?)] = [
    ("data: \(one)\n\ndata: \(two)\n\n", "one two é", nil),
    ("\u{FEFF}data: \(one)\r\n\r\ndata: \(two)\r\n\r\n", "one two é", nil),
    (": hello\n\ndata: \(one)\n\n: still here\n\ndata: \(two)\n\n: bye\n\n", "one two é", nil),
    ("id: 1\ndata: \(one)\n\nid: 2\ndata: \(two)\n\n", "one two é", nil),
    ("data: \(one)\ndata: \(two)\n", "one two é", nil),
    ("\(one)\n\(two)\n", "one two é", nil), ("[\(one),\r\n\(two)]", "one two é", nil),
    ("\u{FEFF}[\(one)\n,\n\(two)\n]\n", "one two é", nil), (two, "two é", nil),
    (#"{"key": "a", "response": \#(two)}"#, "two é", nil),
    ("data: \(high)\n\ndata: \(low)\n\n", "one 😀 two é", nil),
    ("data: \(high)\n\ndata: \(two)\n\n", "one \u{FFFD}two é", nil),
    ("data: \(one)\n\ndata: \(overload)\n\n", "one ", "overloaded"),
    (
      "data: \(one)\n\n{\n  \"error\": {\"code\": 503, \"message\": \"overloaded\"}\n}\n", "one ",
      "overloaded"
    ),
    ("[\(one),\(overload)]", "one ", "overloaded"),
    ("\(one)\n{broken}\nwords behind it\n", "one ", "a chunk of the answer is not JSON"),
    ("data: \(high)\n\ndata: \(overload)\n", "one ", "overloaded"),
    ("data: \(one)\n\ndata: {broken\n\n", "one ", "a chunk of the answer is not JSON"),
    ("data: \(one)\n\ndata: {\"candidates\": [{\"con", "one ", nil),
    ("data: \(two)\n\ndata: {broken\n\n", "two é", nil),
  ]

  @Test(arguments: bodies)
  func aCutAnywhereMakesNoDifference(
    _ body: String,
    _ text: String,
    _ failure: String?
  )
    async throws
  {
    let bytes = Array(body.utf8)
    let whole = try await live([bytes])
    #expect(whole.text == text)
    #expect(whole.failure == failure)
    #expect(try #require(StoredAnswer(bytes)).error?.message == failure)
    #expect(Reading(try #require(StoredAnswer(bytes))) == whole)
    #expect(try await live(bytes.map { [$0] }) == whole)
    for cut in bytes.indices {
      let reading = try await live([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(reading == whole, "cut at \(cut)")
    }
  }

  @Test func aHalfCharacterWithoutItsOtherHalfIsCounted() throws {
    let lost = try #require(StoredAnswer(Array("data: \(Self.high)\n\ndata: \(Self.two)\n\n".utf8)))
    #expect(lost.chunks.reduce(0) { $0 + $1.lostCharacters } == 1)
    let whole = try #require(
      StoredAnswer(Array("data: \(Self.high)\n\ndata: \(Self.low)\n\n".utf8))
    )
    #expect(whole.chunks.allSatisfy { $0.lostCharacters == 0 })
  }

  @Test(
    .enabled(if: SharedFixtures.isPresent),
    arguments: RecordedReplyTests.cases
  ) func recordedRepliesReadAlikeAtRandomCuts(_ example: RecordedReplyTests.Case) async throws {
    let reply = try RecordedReply(example.expected)
    guard reply.status == 200, reply.body.count < 300_000 else { return }
    let whole = try await live([reply.body])
    var random = SeededGenerator(seed: UInt64(reply.body.count))
    for _ in 0..<8 {
      var cuts = (0..<6).map { _ in Int.random(in: 0...reply.body.count, using: &random) }.sorted()
      cuts = [0] + cuts + [reply.body.count]
      let pieces = zip(cuts, cuts.dropFirst()).map { Array(reply.body[$0..<$1]) }
        .filter { !$0.isEmpty }
      #expect(try await live(pieces) == whole, "cut at \(cuts)")
    }
    if let stored = StoredAnswer(reply.body) { #expect(Reading(stored) == whole) }
  }

  @Test(
    arguments: [
      #"{"promptTokenCount": -5}"#, #"{"promptTokenCount": 9223372036854775807}"#,
      #"{"thoughtsTokenCount": "-9223372036854775808"}"#,
      #"{"promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 9223372036854775807}]}"#,
    ]
  ) func countsThatCannotBeRightAreNotedAndCountAsNone(_ usage: String) throws {
    let body = #"{"candidates": [], "usageMetadata": \#(usage)}"#
    let answer = try #require(StoredAnswer(Array("\(body)\n\(body)".utf8)))
    let counts = try #require(answer.usage)
    #expect(!counts.impossible.isEmpty)
    #expect(counts.promptTokenCount == 0 && counts.thoughtsTokenCount == 0)
    #expect((counts + counts).impossible.count == 2)
  }

  @Test func endlessCommentsEndTheAnswer() async throws {
    let comment = Array(String(repeating: ": keep\n\n", count: 4096).utf8)
    let reading = try await live(
      [Array("data: \(Self.one)\n\n".utf8)] + Array(repeating: comment, count: 64)
    )
    #expect(reading.text == "one ")
    #expect(reading.failure?.contains("beside the answer") == true)
  }

  @Test func anAnswerIsTakenUpAHundredTimesAtMost() async throws {
    let answers = (0..<200).map { number -> ScriptedTransport.Answer in
      let reply = GeminiClientTests.reply("a", reason: "CONTINUATION", token: "t\(number)")
      return .response(status: 200, chunks: [Array("data: \(reply)\n\n".utf8)])
    }
    let transport = ScriptedTransport(answers)
    let error = await #expect(throws: GeminiError.self) {
      let stream = try await GeminiClient.forTest(transport)
        .streamGenerateContent(.text("?"), model: "m")
      for try await _ in stream {}
    }
    #expect(error?.code == .streamEndedEarly)
    #expect(transport.requests.count == 101)
  }
}
