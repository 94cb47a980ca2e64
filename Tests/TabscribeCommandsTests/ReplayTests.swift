import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// A run is recorded, and given again without a key, a network, or any setting from outside.
@Suite struct ReplayTests {
  /// The result without what tells one run from another.
  private func result(_ folder: TemporaryFolder, _ name: String) throws -> JSONValue {
    var document = try #require(try JSONValue(parsing: folder.text(of: name)).object)
    var run = try #require(document["run"]?.object)
    for key in ["id", "startedAt", "standIn"] { run[key] = nil }
    document["run"] = .object(run)
    return .object(document)
  }

  /// Records a run against an emulator that is gone afterwards.
  private func recorded(
    _ arguments: [String],
    _ options: EmulatorOptions = EmulatorOptions()
  ) async throws -> TemporaryFolder {
    try await EmulatedRun.run(options) { run in
      let all = ["transcribe"] + arguments + ["--record", "tape", "-o", "first", "-f", "json"]
      let outcome = await CommandRun.tabscribe(
        all,
        in: run.folder,
        environment: ["GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": run.key]
      )
      #expect(outcome.code == .done, "\(outcome.errors)")
      return run.folder
    }
  }

  private func replay(_ arguments: [String], in folder: TemporaryFolder) async -> CommandRun {
    let all = ["transcribe"] + arguments + ["--replay", "tape", "-o", "again", "-f", "json"]
    return await CommandRun.tabscribe(all, in: folder)
  }

  @Test(
    arguments: [
      ["sample.webm"], ["sample.webm", "--encoding", "tsv"],
      ["sample.webm", "--api", "interactions"],
      ["https://youtu.be/dQw4w9WgXcQ", "--duration", "60"],
    ]
  ) func aReplayGivesTheSameResult(_ arguments: [String]) async throws {
    let folder = try await recorded(arguments)
    let run = await replay(arguments, in: folder)
    #expect(run.code == .done, "\(run.errors)")
    let name = arguments[0].hasPrefix("https") ? "youtube-dQw4w9WgXcQ" : "sample"
    let (first, again) = try (
      result(folder, "first/\(name).json"), result(folder, "again/\(name).json")
    )
    #expect(first == again)
    #expect((first["segments"]?.array?.count ?? 0) > 10)
  }

  @Test func retriesAreReplayedToo() async throws {
    var options = EmulatorOptions()
    var rule = Scenario.Rule(Fault(.unavailable))
    rule.attempts = 1
    options.scenario = Scenario(rules: [rule])
    let folder = try await recorded(["sample.webm"], options)
    #expect(try folder.text(of: "tape/0001.json").contains("UNAVAILABLE"))
    let run = await replay(["sample.webm"], in: folder)
    #expect(run.code == .done, "\(run.errors)")
    #expect(try result(folder, "first/sample.json") == result(folder, "again/sample.json"))
  }

  @Test func anUploadIsReplayedToo() async throws {
    let folder = try await EmulatedRun.run { run in
      try run.writeLargeVideo("big.webm")
      let arguments = ["--record", "tape", "-o", "first", "-f", "json"]
      let outcome = await CommandRun.tabscribe(
        ["transcribe", "big.webm"] + arguments,
        in: run.folder,
        environment: ["GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": run.key]
      )
      #expect(outcome.code == .done, "\(outcome.errors)")
      return run.folder
    }
    let run = await replay(["big.webm"], in: folder)
    #expect(run.code == .done, "\(run.errors)")
    #expect(try result(folder, "first/big.json") == result(folder, "again/big.json"))
  }

  @Test func theFirstRequestThatDiffersEndsTheRunAndIsExplained() async throws {
    let folder = try await recorded(["sample.webm"])
    let run = await replay(["sample.webm", "--fps", "2"], in: folder)
    #expect(run.code == .failed)
    #expect(run.errors.contains("differs from the recorded one"))
    #expect(run.errors.contains("videoMetadata recorded nothing, asked {\"fps\":2}"))
    #expect(throws: (any Error).self) { try folder.text(of: "again/sample.json") }
  }

  @Test func foldersThatCannotServeAreRefusedBeforeAnythingIsSent() async throws {
    let folder = try await recorded(["sample.webm"])
    let twice = await CommandRun.tabscribe(
      ["transcribe", "sample.webm", "--record", "tape", "-o", "x"],
      in: folder,
      environment: ["GEMINI_API_KEY": "test-key"]
    )
    #expect(twice.code == .usage)
    #expect(twice.errors.contains("holds a recording already"))
    let missing = await CommandRun.tabscribe(
      ["transcribe", "sample.webm", "--replay", "nothing"],
      in: folder
    )
    #expect(missing.code == .failed)
    #expect(missing.errors.contains("holds no recording"))
  }
}
