import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// `--cost-limit` over the life of a run.
@Suite struct CostLimitRunTests {
  @Test func aRunThatStoppedAtItsLimitGoesOnWithAHigherOne() async throws {
    try await EmulatedRun.run { run in
      let sources = (1...6).map { "https://example.org/\($0).mp4" } + ["--duration", "1:00"]
      let plan = try await run.tabscribe(["plan", "--json"] + sources).json
      let limit = try #require(plan["total"]?["costUSD"]?["cached"]?.rendered())
      let words = ["transcribe", "-f", "json", "-j", "4", "--cost-limit", limit] + sources
      let stopped = await run.tabscribe(words)
      #expect(stopped.code == .limit, "\(stopped.errors)")
      #expect(stopped.errors.contains(" --cost-limit USD"), "\(stopped.errors)")
      let sent = run.emulator.log.answeredGenerationCount
      #expect((1..<6).contains(sent))
      let again = await run.tabscribe("runs", "resume")
      #expect(again.code == .limit)
      #expect(
        again.errors.contains("USD are spent and the rest is estimated at"),
        "\(again.errors)"
      )
      #expect(run.emulator.log.answeredGenerationCount == sent)
      let taken = await run.tabscribe("runs", "resume", "--cost-limit", "2")
      #expect(taken.code == .done, "\(taken.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 6)
      let shown = try await run.tabscribe("runs", "show", "last", "--json").json
      #expect(shown["costLimitUSD"] == "2")
    }
  }
}
