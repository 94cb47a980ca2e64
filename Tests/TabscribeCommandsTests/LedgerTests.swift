import CommandLineInterface
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// `--ledger`: names that one run learns help the next.
@Suite struct LedgerTests {
  @Test func speakersOfARunAreToldToTheNext() async throws {
    try await EmulatedRun.run { run in
      let first = await run.tabscribe("transcribe", "sample.webm", "--ledger", "known.json")
      #expect(first.code == .done, "\(first.errors)")
      let ledger = try JSONValue(parsing: run.folder.text(of: "known.json"))
      let name = try #require(ledger["speakers"]?[0]?["name"]?.string)
      let next = await run.tabscribe(
        "transcribe",
        "sample.webm",
        "--ledger",
        "known.json",
        "--dry-run"
      )
      #expect(next.output.contains("Speakers known from earlier episodes:"))
      #expect(next.output.contains(name))
      let fresh = await run.tabscribe(
        "transcribe",
        "sample.webm",
        "--ledger",
        "fresh.json",
        "--dry-run"
      )
      #expect(!fresh.output.contains("Speakers known from earlier episodes:"))
    }
  }

  @Test func whatIsKnownLeavesDoneWorkDone() async throws {
    try await EmulatedRun.run { run in
      for _ in 0..<2 {
        let outcome = await run.tabscribe("transcribe", "sample.webm", "--ledger", "known.json")
        #expect(outcome.code == .done, "\(outcome.errors)")
      }
      #expect(run.emulator.log.answeredGenerationCount == 1)
    }
  }
}
