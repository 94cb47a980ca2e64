import CommandLineInterface
import GeminiEmulation
import Testing

@testable import TabscribeCommands

/// Newer data about models: checked, shown, kept, and brought back.
@Suite struct ModelsUpdateTests {
  private static let newer = """
    {"asOf": "2099-01-01", "models": [
      {"id": "gemini-9-tin", "status": {"state": "stable"},
       "limits": {"inputTokens": 1000, "outputTokens": 10}},
      {"id": "gemini-3.8-flash", "sampling": "refused"}]}
    """

  private func run(_ words: String..., in folder: TemporaryFolder) async -> CommandRun {
    await CommandRun.tabscribe(["models"] + words, in: folder)
  }

  @Test func newerDataAreShownAndKeptAndCanBeUndone() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.newer, to: "new.json")
    let dry = await run("update", "new.json", "--dry-run", in: folder)
    #expect(dry.code == .done, "\(dry.errors)")
    #expect(dry.output.contains("+ gemini-9-tin"))
    #expect(dry.output.contains(#"- sampling: "ignored""#))
    #expect(dry.output.contains(#"+ sampling: "refused""#))
    #expect(await run("show", "gemini-9-tin", in: folder).code == .usage)

    #expect(await run("update", "new.json", in: folder).code == .done)
    #expect(await run("show", "gemini-9-tin", in: folder).code == .done)
    // What is known already is no news.
    let again = await run("update", "new.json", in: folder)
    #expect(again.code == .usage && again.errors.contains("2099-01-01"), "\(again.errors)")

    #expect(await run("update", "--undo", in: folder).code == .done)
    #expect(await run("show", "gemini-9-tin", in: folder).code == .usage)
    #expect(await run("update", "--undo", in: folder).code == .failed)
  }

  @Test func dataOfOnesOwnComeBack() async throws {
    let folder = try TemporaryFolder()
    let own = #"{"models": [{"id": "mine", "status": {"state": "stable"}}]}"#
    try folder.write(own, to: ".config/tabscribe/models.json")
    try folder.write(Self.newer, to: "new.json")
    #expect(await run("update", "new.json", in: folder).code == .done)
    #expect(await run("update", "--undo", in: folder).code == .done)
    #expect(try folder.text(of: ".config/tabscribe/models.json") == own)
  }

  @Test(arguments: [
    (#"{"models": []}"#, "asOf"),
    (#"{"asOf": "2099-01-01", "models": [{"id": 5}]}"#, "models[0].id"),
    ("{", "new.json:1"), (#"{"asOf": "2020-01-01"}"#, "2020-01-01"),
  ])
  func faultyDataChangeNothing(_ text: String, _ named: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "new.json")
    let run = await run("update", "new.json", in: folder)
    #expect(run.code == .usage, "\(run.errors)")
    #expect(run.errors.contains(named), "\(run.errors)")
    #expect(await self.run("update", "--undo", in: folder).code == .failed)
  }

  @Test func aServiceThatSaysOtherwiseIsTold() async throws {
    try await EmulatedRun.run { run in
      try run.folder.write(
        #"{"models": [{"id": "gemini-3.8-flash", "limits": {"inputTokens": 5, "outputTokens": 5}}]}"#,
        to: ".config/tabscribe/models.json"
      )
      func doctor(on day: String) async -> String {
        await CommandRun.tabscribe(
          ["doctor", "--online"],
          in: run.folder,
          environment: [
            "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": "k",
          ],
          day: day
        ).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      let late = await doctor(on: "2027-06-01")
      #expect(late.contains("gemini-3.8-flash takes 1048576 tokens, not 5"), "\(late)")
      #expect(late.contains("models update"))
      let fresh = await doctor(on: "2026-11-28")
      #expect(!fresh.contains("models update"), "\(fresh)")
    }
  }
}
