import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing
import TranscriptionRuns

@testable import TabscribeCommands

/// The language asked first, and what it leads to.
@Suite struct LanguageDetectionTests {
  private static let source = ["https://example.org/talk.mp4", "--duration", "7:00"]

  private func requests(_ plan: JSONValue) -> [String] {
    plan["requests"]?.array?.map {
      "\($0["prompt"]?.string ?? "") \($0["model"]?.string ?? "") \($0["clip"]?["endMS"]?.int ?? 0)"
    } ?? []
  }

  @Test func theFirstMinuteTellsWithWhatTheRestIsAsked() async throws {
    var options = EmulatorOptions()
    options.remoteDurationMS = 420_000
    try await EmulatedRun.run(options) { run in
      let words =
        Self.source + ["--detect-language", "ja=voices,en=transcribe-sources:gemini-3.5-flash"]
      let before = try await run.tabscribe(["plan", "--json"] + words).json
      #expect(
        requests(before) == [
          "detect-language gemini-3.5-flash-lite 60000", "transcribe gemini-3.5-flash-lite 420000",
        ]
      )
      let done = await run.tabscribe(["transcribe"] + words)
      #expect(done.code == .done, "\(done.errors)")
      #expect(done.errors.contains("Asking for the language of 1 source for about"))
      #expect(run.emulator.log.answeredGenerationCount == 2)
      let document = try JSONValue(parsing: run.folder.text(of: "talk.json"))
      #expect(document["run"]?["prompt"] == "transcribe-sources")
      #expect(document["run"]?["model"] == "gemini-3.5-flash")
      #expect(document["source"]?["language"] == "en")
      // What was told is known from then on.
      let after = try await run.tabscribe(["plan", "--json", "--force"] + words).json
      #expect(requests(after).count <= 2)
      let again = await run.tabscribe(["transcribe"] + words)
      #expect(again.code == .done && run.emulator.log.answeredGenerationCount == 2)
      let resumed = await run.tabscribe("runs", "resume")
      #expect(resumed.code == .done && run.emulator.log.answeredGenerationCount == 2)
    }
  }

  @Test func theLimitHoldsForBoth() async throws {
    try await EmulatedRun.run { run in
      let plan = try await run.tabscribe(["plan", "--json"] + Self.source).json
      let cost = try #require(plan["total"]?["costUSD"]?["cached"]?.double)
      // As much as what follows would take alone.
      let done = await run.tabscribe(
        ["transcribe"] + Self.source + ["--detect-language", "auto", "--cost-limit", "\(cost)"]
      )
      #expect(done.code == .limit, "\(done.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 0)
    }
  }

  @Test func whatIsSaidOfALanguageIsNotAsked() async throws {
    try await EmulatedRun.run { run in
      try run.folder.write(
        "source,language\nhttps://example.org/talk.mp4,ja\n",
        to: "list.csv"
      )
      let plan = await run.tabscribe(
        "plan",
        "list.csv",
        "--duration",
        "7:00",
        "--detect-language",
        "ja=voices",
        "--json"
      )
      #expect(requests(try plan.json) == ["voices gemini-3.5-flash-lite 420000"], "\(plan.errors)")
    }
  }

  @Test(arguments: ["ja", "ja=", "=voices", "ja=a,ja=b", "ja=:", ""])
  func routesAreReadStrictly(_ text: String) async throws {
    try await EmulatedRun.run { run in
      let plan = await run.tabscribe(["plan"] + Self.source + ["--detect-language", text])
      #expect(plan.code == .usage)
    }
  }

  @Test func aTagLeadsWhereItsBeginningDoes() throws {
    let routes = LanguageRoutes(routes: [
      .init(language: "pt", prompt: "a", model: nil),
      .init(language: "pt-BR", prompt: "b", model: nil),
    ])
    #expect(routes.route(of: "pt-br")?.prompt == "b")
    #expect(routes.route(of: "pt-PT")?.prompt == "a")
    #expect(routes.route(of: "p") == nil)
  }
}
