import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// `transcribe --enqueue`, `runs work` and `runs show --watch`.
@Suite struct SharedWorkTests {
  private static let prompts = ["-p", "transcribe", "-p", "transcribe-evidence"]

  private func enqueue(_ run: EmulatedRun, _ words: [String]) async -> CommandRun {
    await run.tabscribe(["transcribe", "-f", "json", "-o", "out", "--enqueue"] + words)
  }

  /// Addresses of videos of a minute.
  private func videos(_ count: Int) -> [String] {
    (1...count).map { "https://example.org/\($0).mp4" } + ["--duration", "1:00"]
  }

  @Test func workersDoWhatWasEnqueuedAndTheSameCommandTakesTheResults() async throws {
    try await EmulatedRun.run { run in
      let words = videos(3) + Self.prompts
      let noted = await enqueue(run, words)
      #expect(noted.code == .done, "\(noted.errors)")
      #expect(noted.errors.contains("6 requests") && noted.errors.contains("tabscribe runs work"))
      #expect(run.emulator.log.entries.isEmpty)
      #expect(await run.tabscribe("runs", "list").output.contains("waiting"))
      async let one = run.tabscribe("runs", "work", "-j", "2")
      async let other = run.tabscribe("runs", "work", "last", "-j", "2", "--json")
      let both = await [one, other]
      #expect(both.map(\.code) == [.done, .done], "\(both[0].errors) \(both[1].errors)")
      #expect(try both[1].json["left"] == 0)
      #expect(run.emulator.log.answeredGenerationCount == 6)
      for name in ["1-transcribe", "3-transcribe-evidence"] {
        let document = try JSONValue(parsing: run.folder.text(of: "out/\(name).json"))
        #expect(document["complete"] == true)
      }
      let shown = try await run.tabscribe("runs", "show", "last", "--json").json
      let ended = shown["workers"]?.array?.compactMap { $0["ended"]?.int } ?? []
      #expect(shown["status"] == "finished" && ended.reduce(0, +) == 6)
      let again = await run.tabscribe(["transcribe", "-f", "json", "-o", "out"] + words)
      #expect(again.code == .done && again.errors.contains("6 done before"))
      #expect(run.emulator.log.answeredGenerationCount == 6)
    }
  }

  @Test func theSameWorkIsSaidAndNotDoubled() async throws {
    try await EmulatedRun.run { run in
      #expect(await enqueue(run, videos(2)).code == .done)
      let same = await run.tabscribe(["transcribe", "-f", "json", "-o", "out"] + videos(2))
      let twice = await enqueue(run, videos(2))
      for refused in [same, twice] {
        #expect(refused.code == .failed && refused.errors.contains("is enqueued in run"))
        #expect(refused.errors.contains("tabscribe runs work"), "\(refused.errors)")
      }
      #expect(run.emulator.log.entries.isEmpty)
      // Taking the run up is taking part.
      let resumed = await run.tabscribe("runs", "resume")
      #expect(resumed.code == .done && resumed.errors.contains("one worker of any number"))
      #expect(run.emulator.log.answeredGenerationCount == 2)
      let notEnqueued = await run.tabscribe(
        "transcribe",
        "https://example.org/9.mp4",
        "--duration",
        "1:00"
      )
      #expect(notEnqueued.code == .done)
      let refused = await run.tabscribe("runs", "work", "last")
      #expect(refused.code == .usage && refused.errors.contains("is not enqueued"))
    }
  }

  @Test(arguments: [
    ["--then", "chapters"], ["--open"], ["--resume"], ["--record", "tape"],
    ["--detect-language", "auto"],
  ])
  func whatIsDoneAtOnceIsRefused(_ words: [String]) async throws {
    try await EmulatedRun.run { run in
      let refused = await enqueue(run, videos(1) + words)
      #expect(refused.code == .usage && refused.errors.contains(words[0]), "\(refused.errors)")
      #expect(run.emulator.log.entries.isEmpty)
    }
  }

  @Test func theLimitHoldsForAllWorkers() async throws {
    try await EmulatedRun.run { run in
      let plan = try await run.tabscribe(["plan", "--json"] + videos(8)).json
      let limit = try #require(plan["total"]?["costUSD"]?["cached"]?.rendered())
      // The emulator bills more than was expected.
      #expect(await enqueue(run, videos(8) + ["--cost-limit", limit]).code == .done)
      async let one = run.tabscribe("runs", "work", "last", "-j", "2")
      async let other = run.tabscribe("runs", "work", "last", "-j", "2")
      let both = await [one, other]
      #expect(both.map(\.code) == [.limit, .limit], "\(both[0].errors) \(both[1].errors)")
      #expect(both[0].errors.contains("runs resume"))
      let sent = run.emulator.log.answeredGenerationCount
      #expect((1..<8).contains(sent))
      let taken = await run.tabscribe("runs", "resume", "--cost-limit", "2")
      #expect(taken.code == .done, "\(taken.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 8)
    }
  }

  @Test func aSourceThatIsNotHereIsLeftToOthers() async throws {
    try await EmulatedRun.run { run in
      try run.writeLargeVideo("large.webm")
      #expect(await enqueue(run, ["large.webm", "sample.webm"] + Self.prompts).code == .done)
      let video = run.folder.url.appending(path: "large.webm")
      let away = run.folder.url.appending(path: "away.webm")
      try FileManager.default.moveItem(at: video, to: away)
      let without = await run.tabscribe("runs", "work", "last")
      #expect(without.code == .incomplete)
      #expect(without.errors.contains("large.webm, is left to other workers"), "\(without.errors)")
      #expect(without.errors.contains("2 complete · 2 left to other workers"))
      #expect(without.errors.contains("2 of 4 items of run"))
      try FileManager.default.moveItem(at: away, to: video)
      let with = await run.tabscribe("runs", "work", "last")
      #expect(with.code == .done, "\(with.errors)")
      // Both prompts are asked about one upload.
      #expect(run.uploadCount == 1)
      #expect(run.emulator.log.answeredGenerationCount == 4)
    }
  }

  @Test func aFolderThatIsNotHereIsSaid() async throws {
    try await EmulatedRun.run { run in
      try FileManager.default.createDirectory(
        at: run.folder.url.appending(path: "archive"),
        withIntermediateDirectories: true
      )
      let store = run.folder.path + "/shared.db"
      let environment = [
        "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": "k",
        "TABSCRIBE_STORE": store,
      ]
      let other = try TemporaryFolder()
      let noted = await CommandRun.tabscribe(
        ["transcribe", "--enqueue"] + videos(1),
        in: other,
        environment: environment
      )
      #expect(noted.code == .done, "\(noted.errors)")
      try FileManager.default.removeItem(atPath: other.path)
      let refused = await CommandRun.tabscribe(
        ["runs", "work", "last"],
        in: run.folder,
        environment: environment
      )
      #expect(refused.code == .failed)
      #expect(refused.errors.contains(other.path) && refused.errors.contains("Mount it"))
    }
  }

  @Test func aKeyThatIsRefusedFailsNothingOfTheRun() async throws {
    try await EmulatedRun.run { run in
      #expect(await enqueue(run, videos(2)).code == .done)
      let refused = await CommandRun.tabscribe(
        ["runs", "work", "last"],
        in: run.folder,
        environment: [
          "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": "invalid",
        ]
      )
      #expect(refused.code == .credentials, "\(refused.errors)")
      let shown = try await run.tabscribe("runs", "show", "last", "--json").json
      #expect(shown["itemCounts"] == ["waiting": 2])
      #expect(await run.tabscribe("runs", "work", "last").code == .done)
    }
  }

  @Test func whoIsInterruptedGivesBackAtOnce() async throws {
    var options = EmulatorOptions()
    options.speed = 0.5
    try await EmulatedRun.run(options) { run in
      #expect(await enqueue(run, videos(2)).code == .done)
      let worker = Task { await run.tabscribe("runs", "work", "last", "-j", "1") }
      while try await run.tabscribe("runs", "show", "last", "--json").json["status"] != "running" {
        try await Task.sleep(for: .milliseconds(10))
      }
      worker.cancel()
      #expect(await worker.value.code == .interrupted)
      let shown = try await run.tabscribe("runs", "show", "last", "--json").json
      #expect(shown["status"] == "waiting" && shown["itemCounts"] == ["waiting": 2])
    }
  }

  @Test func soManyFailuresStopAllWorkers() async throws {
    try await EmulatedRun.run(EmulatorOptions()) { run in
      let sources = (1...6).map { "https://example.org/blocked-\($0).mp4" }
      let words = sources + ["--duration", "1:00", "--max-failures", "2", "-m", "no-such-model"]
      #expect(await enqueue(run, words + ["--no-estimate"]).code == .done)
      let first = await run.tabscribe("runs", "work", "last", "-j", "1")
      #expect(
        first.code == .incomplete && first.errors.contains("--max-failures"),
        "\(first.errors)"
      )
      let second = await run.tabscribe("runs", "work", "last", "-j", "1")
      #expect(second.errors.contains("nothing done"))
      let counts = try await run.tabscribe("runs", "show", "last", "--json").json["itemCounts"]
      // What was begun when the second failed went on.
      let failed = try #require(counts?["failed"]?.int)
      #expect((2...3).contains(failed) && counts?["waiting"]?.int == 6 - failed)
    }
  }

  @Test func watchingTellsOfWorkersAndEndsWithTheRun() async throws {
    try await EmulatedRun.run { run in
      #expect(await enqueue(run, videos(3)).code == .done)
      async let watched = run.tabscribe("runs", "show", "last", "--watch")
      async let worked = run.tabscribe("runs", "work", "last", "-j", "1")
      #expect(await worked.code == .done)
      let watch = await watched
      #expect(watch.code == .done, "\(watch.errors)")
      #expect(
        watch.errors.contains("3 of 3 items ended") && watch.errors.contains("worker 1: process")
      )
      #expect(watch.errors.contains("items/min"))
      #expect(watch.output.contains("3 complete"))
    }
  }
}
