internal import CommandLineInterface
internal import Foundation
internal import OrderedJSON
import Testing

@Suite struct TablesCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let reply = """
    {"task1_transcripts": [{"start": "00:01", "text": "Hello.", "voice": 1}],
     "task2_speakers": [{"voice": 1, "name": "Ada", "company": "?", "position": "?", "role": "?"}]}
    """

  private static func answer(_ text: String, _ reason: String) -> String {
    let answer: JSONValue = [
      "candidates": [
        ["content": ["parts": [["text": .string(text)]]], "finishReason": .string(reason)]
      ]
    ]
    return answer.rendered()
  }

  private func run(_ text: String, _ arguments: String...) async throws -> CommandRun {
    try folder.write(text, to: "reply")
    return await .tabscribe(["tables", "reply"] + arguments, in: folder)
  }

  @Test func textAnAnswerAndAStreamGiveTheSameTables() async throws {
    let half = Self.reply.index(Self.reply.startIndex, offsetBy: 60)
    let stream =
      "data: " + Self.answer(String(Self.reply[..<half]), "") + "\n\ndata: "
      + Self.answer(String(Self.reply[half...]), "STOP") + "\n\n"
    for text in [Self.reply, Self.answer(Self.reply, "STOP"), stream] {
      let run = try await run(text, "--json")
      #expect(run.code == .done)
      let json = try run.json
      #expect(json["tables"]?["transcripts"]?["rows"] == [["00:01", "Hello.", 1]])
      #expect(json["complete"] == true)
    }
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
  func aReplyInUTF16HasTheSameTables(_ encoding: String.Encoding) async throws {
    let text = "\u{FEFF}" + Self.reply.replacing("Hello.", with: "Grüße 😀")
    try #require(text.data(using: encoding)).write(to: folder.url.appending(path: "reply"))
    let run = await CommandRun.tabscribe(["tables", "reply", "--json"], in: folder)
    #expect(run.code == .done, "\(run.output)")
    #expect(try run.json["tables"]?["transcripts"]?["rows"] == [["00:01", "Grüße 😀", 1]])
  }

  @Test func aCutReplyGivesItsRowsAndExitCode3() async throws {
    let run = try await run(String(Self.reply.dropLast(30)), "--json")
    #expect(run.code == .incomplete)
    let json = try run.json
    #expect(json["tables"]?["transcripts"]?["rows"]?.array?.count == 1)
    #expect(json["complete"] == false)
    #expect(json["findings"]?.array?.contains { $0["code"] == "truncated" } == true)
  }

  @Test func showsTablesAndFindingsToPeople() async throws {
    let run = try await run(Self.reply.replacing("\"voice\": 1}]", with: "\"voice\": 2}]"))
    #expect(run.output.contains("transcripts, 1 row"))
    #expect(run.output.contains("Hello."))
    #expect(run.output.contains("unknown-voice"))
  }
}
