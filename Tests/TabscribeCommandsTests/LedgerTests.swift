import CommandLineInterface
import GeminiEmulation
import OrderedJSON
import Testing
import TranscriptModel
import TranscriptionRuns

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
        "--force",
        "--dry-run"
      )
      #expect(next.output.contains("<known_speakers>"))
      #expect(next.output.contains(name))
      let fresh = await run.tabscribe(
        "transcribe",
        "sample.webm",
        "--ledger",
        "fresh.json",
        "--dry-run"
      )
      #expect(!fresh.output.contains("<known_speakers>"))
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

  /// Two sources in clips; the first one's names are noted before the second one is done.
  @Test(arguments: [["runs", "resume"], ["--resume"], ["runs", "reparse", "last"]])
  func aRunTakenUpTellsOfTheSpeakersItBeganWith(_ words: [String]) async throws {
    var rule = Scenario.Rule(Fault(.quotaPerDay))
    (rule.skip, rule.times) = (7, 1)
    var options = EmulatorOptions()
    options.scenario = Scenario(rules: [rule])
    try await EmulatedRun.run(options) { run in
      let command =
        [
          "transcribe", "-f", "json", "-j", "1", "--duration", "10:00", "--shard", "2m",
          "--max-failures", "1", "--ledger", "known.json",
        ] + (1...2).map { "https://example.org/\($0).mp4" }
      let stopped = await run.tabscribe(command)
      #expect(stopped.code != .done)
      let noted = try run.folder.text(of: "known.json")
      #expect(noted.contains("\"name\""))
      let answered = run.emulator.log.answeredGenerationCount
      #expect(5 < answered && answered < 10)
      let taken = await run.tabscribe(words == ["--resume"] ? command + words : words)
      let isOffline = words.contains("reparse")
      #expect(taken.code == (isOffline ? .incomplete : .done), "\(taken.errors)")
      #expect(run.emulator.log.answeredGenerations.values.allSatisfy { $0 == 1 })
      #expect(run.emulator.log.answeredGenerationCount == (isOffline ? answered : 10))
    }
  }

  @Test func twoWhoShareALedgerBothAddToIt() async throws {
    let folder = try TemporaryFolder()
    let context = CommandContext(
      standardOutput: TextBuffer(),
      standardError: TextBuffer(),
      environment: [:],
      workingFolder: folder.path
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<10 {
        group.addTask {
          let arguments = try TabscribeProgram.program.parse(
            ["transcribe", "x", "--ledger", "known.json"]
          )
          let ledger = try #require(try LedgerFile.named(Settings(arguments, context), context))
          var document = StoreSamples.document(["x"])
          document.transcript.speakers[0].name = "Speaker Number\(number)"
          await ledger.note(document, context.workplace.notices)
        }
      }
      try await group.waitForAll()
    }
    let ledger = try JSONValue(parsing: folder.text(of: "known.json"))
    #expect(ledger["speakers"]?.array?.count == 10)
    #expect(folder.names == ["known.json"])
  }
}
