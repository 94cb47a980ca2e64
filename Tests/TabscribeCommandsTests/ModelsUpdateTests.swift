import CommandLineInterface
import GeminiAPI
import OrderedJSON
import RequestPlanning
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

  @Test func aServiceThatSaysOtherwiseIsTold() throws {
    func listed(_ id: String, output: Int) throws -> GeminiModel {
      try #require(
        GeminiModel(json: [
          "name": .string("models/\(id)"), "inputTokenLimit": 1_048_576,
          "outputTokenLimit": JSONValue(output),
          "supportedGenerationMethods": ["generateContent"],
        ])
      )
    }
    func finding(on day: String, _ models: GeminiModel...) throws -> String? {
      let day = try #require(CalendarDay(parsing: day))
      return ServiceChecks.models(models, try .builtIn(), day)?.finding
    }
    let odd = try listed("gemini-3.8-flash", output: 5)
    #expect(
      try finding(on: "2099-06-01", odd, listed("gemini-9-tin", output: 5))?
        .hasSuffix("gemini-3.8-flash writes 5 tokens, not 65536; gemini-9-tin is not known") == true
    )
    // Both lengths of a model that writes on are right, and other names of models are no news.
    let agreed = try [
      listed("gemini-4-argon", output: 1_048_576), listed("gemini-4-argon", output: 65_536),
      listed("gemini-flash-latest", output: 1),
    ]
    let late = try #require(CalendarDay(parsing: "2099-06-01"))
    let fine = ServiceChecks.models(agreed, try .builtIn(), late)
    #expect(fine?.state == .fine)
    let known = try #require(try ModelCatalog.builtIn().asOf)
    #expect(try finding(on: known.description, odd) == nil)
  }
}
