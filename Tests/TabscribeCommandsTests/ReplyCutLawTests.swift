import CommandLineInterface
import OrderedJSON
import TestSupport
import Testing

/// However a reply is cut into reads, and wherever it breaks off, the same comes of it: live, read
/// again from the store, read from a file, and taken up later.
@Suite struct ReplyCutLawTests {
  private static let rows = (0..<14).map { number in
    #"{"start": "00:\#(number < 3 ? "0" : "")\#(number * 4)", "text": "Sentence \#(number) é 😀.", "#
      + #""voice": \#(number / 7 + 1)}"#
  }
  private static let speakers = (1...2).map { voice in
    #"{"voice": \#(voice), "name": "?", "company": "?", "position": "?", "role": "Guest"}"#
  }
  private static let answer =
    #"{"task1_transcripts": [\#(rows.joined(separator: ", "))], "#
    + #""task2_speakers": [\#(speakers.joined(separator: ", "))]}"#

  /// The answer in chunks of a few dozen characters, with what the last one says of its end.
  private static let chunks: [String] = {
    let characters = Array(answer)
    let starts = stride(from: 0, to: characters.count, by: 61).map(\.self)
    return starts.map { start in
      let text = String(characters[start..<min(start + 61, characters.count)])
      let end = start == starts.last ? #", "finishReason": "STOP""# : ""
      let words = JSONValue.string(text).rendered()
      return #"{"candidates": [{"content": {"parts": [{"text": \#(words)}]}\#(end)}], "#
        + #""usageMetadata": {"promptTokenCount": 6222, "candidatesTokenCount": \#(start / 3)}}"#
    }
  }()
  private static let overload = #"{"error": {"code": 503, "message": "overloaded"}}"#

  /// The spellings of a stream that have been seen, the last one with an error in its middle.
  static let bodies: [(name: String, body: String)] = [
    ("events", chunks.map { "data: \($0)\n\n" }.joined()),
    ("events with carriage returns", chunks.map { "data: \($0)\r\n\r\n" }.joined()),
    (
      "a mark, comments and ids",
      "\u{FEFF}" + chunks.map { ": keep\n\nid: 7\ndata: \($0)\n\n" }.joined()
    ), ("lines", chunks.map { "\($0)\n" }.joined()),
    ("an array", "[" + chunks.joined(separator: ",\r\n") + "]"),
    (
      "events and an error",
      chunks.prefix(9).map { "data: \($0)\n\n" }.joined() + "data: \(overload)\n\n"
    ),
  ]

  /// What a reader of the result, and a script, can tell of it.
  private struct Outcome: Equatable {
    let code: ExitCode
    var members: [String: JSONValue]
    var findings: Set<String>

    init(_ run: CommandRun, _ folder: TemporaryFolder) throws {
      code = run.code
      let document = try JSONValue(parsing: folder.text(of: "youtube-0pJn3g8dfwk.json"))
      members = [:]
      for name in ["tables", "segments", "speakers", "usage", "cost"] {
        members[name] = document[name]
      }
      // What a run compares with its plan is no part of what the reply says.
      let codes = document["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
      findings = Set(codes).subtracting(["estimate-off", "knob-ignored"])
    }
  }

  private func tabscribe(
    _ arguments: [String],
    _ service: FieldCase,
    _ folder: TemporaryFolder
  ) async throws -> Outcome {
    let run = await CommandRun.tabscribe(
      arguments,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
    return try Outcome(run, folder)
  }

  private static let transcribe = [
    "transcribe", "https://youtu.be/0pJn3g8dfwk", "--duration", "60s", "-f", "json", "--quiet",
  ]

  @Test(arguments: bodies)
  func theCutsOfTheReadsMakeNoDifference(_ name: String, _ body: String) async throws {
    let whole = try FieldCase(bodies: [body, Self.bodies[0].body])
    defer { whole.stop() }
    let expected = try await tabscribe(Self.transcribe, whole, TemporaryFolder())
    #expect(expected.code == .done)
    #expect(expected.members["segments"]?.array?.count == Self.rows.count)
    var random = SeededGenerator(seed: UInt64(body.utf8.count))
    for _ in 0..<4 {
      let cuts = (0..<9).map { _ in Int.random(in: 1..<body.utf8.count, using: &random) }.sorted()
      let second = Self.bodies[0].body
      let fits = cuts.filter { $0 < second.utf8.count }
      let service = try FieldCase(bodies: [body, second], cuts: fits)
      defer { service.stop() }
      let folder = try TemporaryFolder()
      #expect(try await tabscribe(Self.transcribe, service, folder) == expected, "cuts at \(cuts)")
      let asked = service.requests.count
      let again = try await tabscribe(["runs", "reparse", "last"], service, folder)
      #expect(again == expected, "read again, cuts at \(cuts)")
      #expect(service.requests.count == asked)
    }
  }

  @Test(arguments: bodies.dropLast())
  func aSavedReplyReadsAsItDidLive(_ name: String, _ body: String) async throws {
    let service = try FieldCase(bodies: [body])
    defer { service.stop() }
    let folder = try TemporaryFolder()
    let live = try await tabscribe(Self.transcribe, service, folder)
    try folder.write(body, to: "reply.txt")
    let saved = await CommandRun.tabscribe(
      ["tables", "reply.txt", "--duration", "60s", "--json"],
      in: folder
    )
    #expect(try saved.json["tables"] == live.members["tables"])
  }

  @Test(arguments: bodies.dropLast())
  func aReplyThatBreaksOffAnywhereIsTakenUpToTheWhole(_ name: String, _ body: String) async throws {
    let whole = try FieldCase(bodies: [body])
    defer { whole.stop() }
    let expected = try await tabscribe(Self.transcribe, whole, TemporaryFolder())
    var random = SeededGenerator(seed: UInt64(body.utf8.count) + 1)
    for _ in 0..<2 {
      let end = Int.random(in: 0..<body.utf8.count, using: &random)
      let service = try FieldCase(bodies: [body, body], end: end)
      defer { service.stop() }
      let outcome = try await tabscribe(Self.transcribe, service, TemporaryFolder())
      #expect(outcome.code == .done, "broken off after \(end)")
      #expect(outcome.members["segments"] == expected.members["segments"], "after \(end)")
      #expect(outcome.members["tables"] == expected.members["tables"], "after \(end)")
    }
  }
}
