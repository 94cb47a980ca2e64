import CommandLineInterface
import Foundation
import GeminiEmulation
import HostSystem
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// "Done before" is said of a file only when it holds that very work's result.
@Suite struct SameWorkTests {
  private static let source = "https://example.org/talk.mp4"
  private static let evidence = "transcribe-evidence"

  private func transcribe(_ run: EmulatedRun, _ more: String...) async -> CommandRun {
    await run.tabscribe(
      ["transcribe", Self.source, "--duration", "5:00"] + more
    )
  }

  private func prompt(_ run: EmulatedRun, _ file: String) throws -> String? {
    try JSONValue(parsing: run.folder.text(of: file))["run"]?["prompt"]?.string
  }

  @Test(arguments: [["html", "json"], ["json"], ["srt"]])
  func anotherPromptsResultIsNotLeftUnderTheTick(_ formats: [String]) async throws {
    try await EmulatedRun.run { run in
      let words = formats.flatMap { ["-f", $0] }
      let first = ["transcribe", Self.source, "--duration", "5:00"] + words
      let second = first + ["-p", Self.evidence]
      #expect(await run.tabscribe(first + ["-o", "d1"]).code == .done)
      #expect(await run.tabscribe(second + ["-o", "d2"]).code == .done)
      let sent = run.emulator.log.answeredGenerationCount
      let third = await run.tabscribe(second + ["-o", "d1"])
      #expect(third.code == .done, "\(third.errors)")
      #expect(third.errors.contains("written: d1/talk."), "\(third.errors)")
      for format in formats where format != "html" {
        let name = "talk.\(format)"
        let texts = try ["d1", "d2"].map { try run.folder.text(of: "\($0)/\(name)") }
        #expect(texts[0] == texts[1])
      }
      // Now it is there, and the first one is not.
      let fourth = await run.tabscribe(second + ["-o", "d1"])
      #expect(fourth.errors.contains("done before") && !fourth.errors.contains("written:"))
      let back = await run.tabscribe(first + ["-o", "d1"])
      #expect(back.errors.contains("written: d1/talk."), "\(back.errors)")
      let name = formats.contains("json") ? try prompt(run, "d1/talk.json") : "transcribe"
      #expect(name == "transcribe")
      #expect(run.emulator.log.answeredGenerationCount == sent)
    }
  }

  @Test func aPartialResultIsReplacedByTheCompleteOneFromElsewhere() async throws {
    var cut = Scenario.Rule(Fault(.maxTokens, row: 5))
    cut.times = 1
    var options = EmulatorOptions()
    options.scenario = Scenario(rules: [cut])
    try await EmulatedRun.run(options) { run in
      let partial = await transcribe(run, "-f", "json", "-o", "d1", "--no-continue")
      #expect(partial.code == .incomplete, "\(partial.errors)")
      let id = try await run.tabscribe("runs", "list", "--json").json["runs"]?[0]?["id"]?.string
      #expect(await transcribe(run, "-f", "json", "-o", "d2").code == .done)
      let sent = run.emulator.log.answeredGenerationCount
      let resumed = await run.tabscribe("runs", "resume", try #require(id))
      #expect(resumed.code == .done, "\(resumed.errors)")
      #expect(run.emulator.log.answeredGenerationCount == sent)
      let document = try JSONValue(parsing: run.folder.text(of: "d1/talk.json"))
      #expect(document["complete"] == true)
    }
  }

  @Test func whatIsOfSomebodyElseIsLeftAlone() async throws {
    try await EmulatedRun.run { run in
      #expect(await transcribe(run, "-f", "json", "-o", "d1").code == .done)
      try run.folder.write("{\"mine\": true}", to: "d2/talk.json")
      let refused = await transcribe(run, "-f", "json", "-o", "d2")
      #expect(refused.code == .failed)
      #expect(refused.errors.contains("is not the result of run"), "\(refused.errors)")
      let left = try run.folder.text(of: "d2/talk.json")
      #expect(left == "{\"mine\": true}")
      try run.folder.write("{\"mine\": true}", to: "d1/talk.json")
      #expect(await transcribe(run, "-f", "json", "-o", "d1").code == .failed)
      let own = try run.folder.text(of: "d1/talk.json")
      #expect(own == "{\"mine\": true}")
      #expect(run.emulator.log.answeredGenerationCount == 1)
    }
  }

  @Test func aResultThatWasMovedIsStillTheResult() async throws {
    try await EmulatedRun.run { run in
      #expect(await transcribe(run, "-o", "d1").code == .done)
      try FileManager.default.moveItem(
        at: run.folder.url.appending(path: "d1"),
        to: run.folder.url.appending(path: "d2")
      )
      let again = await transcribe(run, "-o", "d2")
      #expect(again.code == .done, "\(again.errors)")
      #expect(again.errors.contains("done before") && !again.errors.contains("written:"))
    }
  }

  @Test(arguments: [["--passes", "2"], ["--fill-gaps"], ["--sharpen"]])
  func whatIsAskedBeyondIsNotDone(_ more: [String]) async throws {
    try await EmulatedRun.run { run in
      #expect(await transcribe(run, "-p", "transcribe", "-o", "d1").code == .done)
      let words = ["transcribe", Self.source, "--duration", "5:00", "-p", "transcribe"] + more
      let second = await run.tabscribe(words + ["-o", "d2"])
      #expect(!second.errors.contains("done before"), "\(second.errors)")
      #expect(run.emulator.log.answeredGenerationCount > 1)
    }
  }

  @Test func whatABatchAsksIsNotAskedOnlineToo() async throws {
    try await EmulatedRun.run { run in
      let submitted = await run.tabscribe("batch", "submit", "sample.webm")
      #expect(submitted.code == .done, "\(submitted.errors)")
      let asked = run.emulator.log.entries.count
      let refused = await run.tabscribe("transcribe", "sample.webm")
      #expect(refused.code == .failed)
      #expect(refused.errors.contains("tabscribe batch fetch"))
      #expect(run.emulator.log.entries.count == asked)
      let forced = await run.tabscribe("transcribe", "sample.webm", "--force")
      #expect(forced.code == .done, "\(forced.errors)")
    }
  }

  @Test func twoProcessesAtOnceSendOneRequest() throws {
    let folder = try TemporaryFolder()
    let second = Lock<ChildProcess.Outcome?>(nil)
    let requests = Lock(0)
    let address = Lock("")
    let run: @Sendable () throws -> ChildProcess.Outcome = {
      try ChildProcess.run(
        try ChildProcess.product("tabscribe"),
        ["transcribe", "https://youtu.be/0pJn3g8dfwk", "--duration", "60s", "-f", "json"],
        environment: [
          "HOME": folder.path, "GEMINI_API_KEY": "test-key",
          "GOOGLE_GEMINI_BASE_URL": address.withLock { $0 },
        ],
        folder: folder.url
      )
    }
    let server = try LoopbackServer { _, connection in
      // The second comes while the first waits for its answer.
      let isFirst = requests.withLock { count in
        count += 1
        return count == 1
      }
      if isFirst, let outcome = try? run() { second.withLock { $0 = outcome } }
      connection.respond(ReplyCutLawTests.bodies[0].body)
      return true
    }
    defer { server.stop() }
    address.withLock { $0 = server.url }
    #expect(try run().code == 0)
    let told = try #require(second.withLock { $0 })
    #expect(told.code == 1)
    #expect(told.errors.contains("is at the same work"), "\(told.errors)")
    #expect(requests.withLock { $0 } == 1)
    // What it was told to do: the same command takes the result.
    #expect(try run().code == 0)
    #expect(requests.withLock { $0 } == 1)
  }
}
