import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// One request has one estimate: `plan`, the result and a batch say the same to the last digit.
@Suite struct OneEstimateTests {
  /// A command line of settings that nobody would think of together.
  struct Words: Sendable, CustomTestStringConvertible {
    /// Settings of every command that sends.
    var settings: [String] = []
    /// Settings that make several requests of one source.
    var clips: [String] = []
    var testDescription: String { (settings + clips).joined(separator: " ") }
  }

  /// Twenty settings, the same ones each time.
  static let some: [Words] = {
    var random = SeededGenerator(seed: 2026)
    func one(_ choices: [[String]]) -> [String] { choices.randomElement(using: &random) ?? [] }
    return (0..<20).map { _ in
      var words = Words()
      words.settings += one([[], ["--fps", "0.5"], ["--fps", "2"]])
      words.settings += one([[], ["--media-resolution", "low"], ["--media-resolution", "high"]])
      words.settings += one([[], ["--encoding", "tsv"]])
      words.settings += one([[], ["--thinking-level", "high"]])
      words.settings += one([[], ["-m", "gemini-3.1-flash-lite"], ["-m", "gemini-3.5-flash"]])
      words.settings += one([[], ["--service-tier", "flex"], ["--service-tier", "priority"]])
      words.settings += one([[], ["--start", "1:00"], ["--end", "5:30"]])
      words.settings += one([[], ["-p", "sounds"], ["-p", "transcribe-evidence"]])
      words.clips += one([[], ["--shard", "2m"], ["--shard", "3m", "--overlap", "10"]])
      words.clips += one([[], ["--passes", "2"]])
      return words
    }
  }()

  private static let source = ["https://example.org/panel.mp4", "--duration", "7:00"]

  private func money(_ value: JSONValue?) throws -> Decimal {
    let text = try #require(value?.string ?? value?.rendered())
    return try #require(Decimal(string: text))
  }

  @Test(arguments: some) func planAndResultSayTheSame(_ words: Words) async throws {
    var options = EmulatorOptions()
    options.remoteDurationMS = 420_000
    try await EmulatedRun.run(options) { run in
      let arguments = Self.source + words.settings + words.clips
      let plan = try await run.tabscribe(["plan", "--json"] + arguments).json
      let sent = await run.tabscribe(["transcribe", "-f", "json"] + arguments)
      #expect(sent.code == .done, "\(sent.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "panel.json"))
      let expected = plan["total"]?["costUSD"]?["cachedRange"]
      #expect(try money(document["cost"]?["estimatedLow"]) == money(expected?["low"]))
      #expect(try money(document["cost"]?["estimatedHigh"]) == money(expected?["high"]))
      #expect(plan["total"]?["requests"]?.int == run.emulator.log.answeredGenerationCount)
    }
  }

  @Test(arguments: some) func planAndBatchSayTheSame(_ words: Words) async throws {
    let sample = try BatchSample()
    let arguments = Self.source + words.settings
    let batch = await sample.batch(["submit", "--json", "--no-estimate"] + arguments)
    let said = try #require(try batch.json["batches"]?[0]?["costUSD"])
    let plan = await CommandRun.tabscribe(
      ["plan", "--json"] + arguments,
      in: sample.folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    let costs = try #require(try plan.json["total"]?["costUSD"])
    #expect(try money(said["online"]) == money(costs["cached"]))
    if costs["batch"] == .null {
      #expect(said["batch"] == nil)
    } else {
      #expect(try money(said["batch"]) == money(costs["batch"]))
    }
    await sample.emulator.stop()
  }

  @Test func aBatchsResultsSayWhatItSaid() async throws {
    let sample = try BatchSample()
    let arguments = ["talk.webm", "-p", "transcribe", "-p", "sounds"]
    let plan = await CommandRun.tabscribe(
      ["plan", "--json"] + arguments,
      in: sample.folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    let id = try await sample.submitted(arguments)
    try await sample.waitForEnd(of: id)
    let fetched = await sample.batch("fetch", id)
    #expect(fetched.code == .done, "\(fetched.errors)")
    let costs = try ["talk-transcribe.json", "talk-sounds.json"].map { name in
      try JSONValue(parsing: sample.folder.text(of: name))["cost"]
    }
    let range = try plan.json["total"]?["costUSD"]?["batchRange"]
    for (member, end) in [("estimatedLow", "low"), ("estimatedHigh", "high")] {
      let sum = try costs.map { try money($0?[member]) }.reduce(0, +)
      let expected = try money(range?[end])
      #expect(sum == expected)
    }
    await sample.stop()
  }

  @Test func aSecondPassIsInRequestsTokensAndMoney() async throws {
    try await EmulatedRun.run { run in
      let once = try await run.tabscribe(["plan", "--json"] + Self.source).json
      let twice = try await run.tabscribe(["plan", "--json", "--passes", "2"] + Self.source).json
      #expect(once["total"]?["requests"] == 1)
      #expect(twice["total"]?["requests"] == 2)
      #expect(twice["requests"]?[1]?["prompt"] == "identify-speakers")
      #expect(twice["requests"]?[1]?["secondPass"] == true)
      let tokens = try [once, twice].map { try #require($0["total"]?["inputTokens"]?.int) }
      // The first pass is sent the sound alone.
      #expect(tokens[1] > tokens[0])
      #expect(twice["requests"]?[0]?["estimate"]?["videoTokens"] == 0)
    }
  }

  @Test func fillingGapsIsSaidAsTheMostItMayAdd() async throws {
    try await EmulatedRun.run { run in
      let plan = await run.tabscribe(["plan", "--fill-gaps"] + Self.source)
      #expect(plan.output.contains("up to 5 requests and 0.0"), "\(plan.output)")
      let json = try await run.tabscribe(["plan", "--fill-gaps", "--json"] + Self.source).json
      #expect(json["total"]?["requests"] == 1)
      #expect(json["total"]?["fillingGaps"]?["mostRequests"] == 5)
    }
  }

  @Test func tiersHaveTheirOwnPrices() async throws {
    try await EmulatedRun.run { run in
      func cost(_ tier: String) async throws -> Decimal {
        let words = ["plan", "--json", "--service-tier", tier] + Self.source
        return try money(await run.tabscribe(words).json["total"]?["costUSD"]?["cached"])
      }
      let (standard, flex) = (try await cost("standard"), try await cost("flex"))
      #expect(flex * 2 == standard)
      #expect(try await cost("priority") > standard)
    }
  }

  @Test func whatIsDoneIsNeitherPlannedNorShown() async throws {
    try await EmulatedRun.run { run in
      let sources = (1...3).map { "https://example.org/\($0).mp4" } + ["--duration", "2:00"]
      let first = await run.tabscribe(
        ["transcribe", "-f", "json", "-o", "a"] + Array(sources[..<2])
          + ["--duration", "2:00"]
      )
      #expect(first.code == .done, "\(first.errors)")
      let rest = try await run.tabscribe(["plan", "--json"] + sources).json
      #expect(rest["total"]?["requests"] == 1)
      #expect(rest["doneBefore"]?.array?.count == 2)
      let dry = await run.tabscribe(["transcribe", "--dry-run", "-o", "a"] + sources)
      #expect(dry.errors.contains("2 of 3 done before"))
      #expect(try dry.json["requests"]?.array?.count == 1)
      #expect(await run.tabscribe(["transcribe", "-f", "json", "-o", "a"] + sources).code == .done)
      let sent = run.emulator.log.answeredGenerationCount
      #expect(sent == 3)
      let plan = await run.tabscribe(["plan"] + sources)
      #expect(plan.output == " 3 of 3 done before, nothing to send\n", "\(plan.output)")
      let nothing = await run.tabscribe(["transcribe", "--dry-run", "-o", "a"] + sources)
      #expect(nothing.errors.contains("3 of 3 done before, nothing to send"))
      #expect(try nothing.json["requests"] == [])
      let anew = try await run.tabscribe(["plan", "--json", "--force"] + sources).json
      #expect(anew["total"]?["requests"] == 3)
    }
  }

  @Test func anEmulatorAndARecordingTeachNothing() async throws {
    let folder = try EmulatedRun.folderWithSample()
    let words = ["sample.webm", "-f", "json", "--force"]
    let before = await CommandRun.tabscribe(["plan", "sample.webm"], in: folder)
    try await EmulatedRun.run(in: folder) { run in
      let first = await run.tabscribe(["transcribe"] + words + ["--record", "tape"])
      #expect(first.code == .done, "\(first.errors)")
      for _ in 0..<4 { #expect(await run.tabscribe(["transcribe"] + words).code == .done) }
      for _ in 0..<4 {
        let replayed = await run.tabscribe(["transcribe"] + words + ["--replay", "tape"])
        #expect(replayed.code == .done, "\(replayed.errors)")
      }
      let plan = await run.tabscribe("plan", "sample.webm", "--force")
      #expect(!plan.output.contains("your runs"), "\(plan.output)")
    }
    let after = await CommandRun.tabscribe(["plan", "sample.webm"], in: folder)
    #expect(after.output == before.output)
  }

  @Test func aDryRunShowsWhatIsSent() async throws {
    let sent = ["createCache", "generate", "generate", "deleteCache"]
    try await EmulatedRun.run { run in
      let arguments = [
        "transcribe", "https://example.org/panel.mp4", "--duration", "7:00", "-f", "json",
        "--cache", "always", "-p", "transcribe", "-p", "transcribe-sources", "-j", "1",
      ]
      let dry = try await run.tabscribe(arguments + ["--dry-run"]).json["requests"]?.array ?? []
      #expect(dry.map(Self.kind) == sent)
      #expect(dry[1]["body"]?["cachedContent"] == "cachedContents/CACHE")
      let outcome = await run.tabscribe(arguments)
      #expect(outcome.code == .done, "\(outcome.errors)")
      #expect(run.emulator.log.entries.map { Self.kind($0.method, $0.path) } == sent)
      let passes = arguments.prefix(6) + ["--passes", "2", "--dry-run"]
      let second = try await run.tabscribe(Array(passes)).json["requests"]?.array ?? []
      #expect(second.map(Self.kind) == ["generate", "generate"])
      #expect(second[1].rendered().contains("TRANSCRIPT"))
    }
  }

  private static func kind(_ request: JSONValue) -> String {
    kind(request["method"]?.string ?? "", request["url"]?.string ?? "")
  }

  private static func kind(_ method: String, _ path: String) -> String {
    guard path.contains("cachedContents") else { return "generate" }
    return method == "DELETE" ? "deleteCache" : "createCache"
  }
}
