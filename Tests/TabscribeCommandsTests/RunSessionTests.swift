import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// Many sources as one run: what is done is left out, what was stopped is taken up.
@Suite struct RunSessionTests {
  private static func options(_ rules: [Scenario.Rule] = []) -> EmulatorOptions {
    var options = EmulatorOptions()
    options.rows = 12
    options.scenario = Scenario(rules: rules)
    return options
  }

  private func documents(_ folder: TemporaryFolder, _ names: [String]) throws -> [JSONValue] {
    try names.map { try JSONValue(parsing: folder.text(of: $0)) }
  }

  @Test func aListGivesEachSourceItsOwnSettings() async throws {
    try await EmulatedRun.run(Self.options()) { run in
      try run.folder.write(
        """
        source,duration,end,param
        https://example.org/a.mp4,10:00,1:00,
        https://example.org/b.mp4,10:00,,favor=recall

        """,
        to: "talks.csv"
      )
      let outcome = await run.tabscribe("transcribe", "talks.csv", "-f", "json")
      #expect(outcome.code == .done, "\(outcome.errors)")
      let (a, b) = (
        try documents(run.folder, ["a.json"])[0], try documents(run.folder, ["b.json"])[0]
      )
      #expect(a["run"]?["clip"]?["endMS"] == 60_000)
      #expect(b["run"]?["clip"] == nil)
      #expect(b["run"]?["parameters"]?["favor"] == "recall")
    }
  }

  static let badLists: [(name: String, text: String, says: String)] = [
    ("no-source.csv", "file,end\na,b\n", "no column is called \"source\""),
    ("unknown.csv", "source,ende\na.mp4,1\n", "did you mean \"end\"?"),
    ("short.csv", "source,end\na.mp4\n", "1 fields, but 2 columns"),
    ("value.csv", "source,end\nhttps://example.org/a.mp4,soon\n", "value.csv, line 2"),
    ("open.csv", "source\n\"a.mp4\n", "line 2: a quoted field is not closed"),
    ("text.jsonl", "{\"source\": \"a.mp4\"}\nsource b\n", "line 2: it is no JSON object"),
    ("empty.jsonl", "\n", "it names no source"),
  ]

  @Test(arguments: badLists) func aListWithAFaultIsRefusedWithItsLine(
    _ list: (name: String, text: String, says: String)
  ) async throws {
    try await EmulatedRun.run(Self.options()) { run in
      try run.folder.write(list.text, to: list.name)
      let outcome = await run.tabscribe("transcribe", list.name)
      #expect(outcome.code == .usage)
      #expect(outcome.errors.contains(list.says), "\(outcome.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 0)
    }
  }

  @Test func aFolderIsDoneOnce() async throws {
    try await EmulatedRun.run(Self.options()) { run in
      let sample = run.folder.url.appending(path: "sample.webm")
      let talks = run.folder.url.appending(path: "talks/evening")
      try FileManager.default.createDirectory(at: talks, withIntermediateDirectories: true)
      for (number, name) in ["talks/one.webm", "talks/evening/two.webm"].enumerated() {
        let bytes = try Data(contentsOf: sample) + Data([UInt8(number)])
        try bytes.write(to: run.folder.url.appending(path: name))
      }
      try run.folder.write("notes", to: "talks/notes.txt")
      let first = await run.tabscribe("transcribe", "talks", "-f", "json", "-o", "out")
      #expect(first.code == .done, "\(first.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 2)
      let second = await run.tabscribe("transcribe", "talks", "-f", "json", "-o", "out")
      #expect(second.code == .done, "\(second.errors)")
      #expect(second.errors.contains("done before"))
      #expect(run.emulator.log.answeredGenerationCount == 2)
      _ = try documents(run.folder, ["out/one.json", "out/evening/two.json"])
    }
  }

  @Test(arguments: [true, false])
  func aStoppedRunIsTakenUpByItsIdOrItsCommandLine(_ takesUpByID: Bool) async throws {
    var rule = Scenario.Rule(Fault(.quotaPerDay))
    (rule.skip, rule.times) = (1, 1)
    try await EmulatedRun.run(Self.options([rule])) { run in
      var words = [
        "transcribe", "-f", "json", "-j", "1", "--duration", "1:00", "--max-failures", "1",
      ]
      words += (1...4).map { "https://example.org/\($0).mp4" }
      let stopped = await run.tabscribe(words)
      #expect(stopped.errors.contains("tabscribe runs resume 20"), "\(stopped.errors)")
      #expect(stopped.errors.contains("not begun"))
      #expect(run.emulator.log.answeredGenerationCount == 1)
      let taken = await run.tabscribe(takesUpByID ? ["runs", "resume"] : words + ["--resume"])
      #expect(taken.code == .done, "\(taken.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 4)
      #expect(run.emulator.log.answeredGenerations.values.allSatisfy { $0 == 1 })
      _ = try documents(run.folder, ["1.json", "2.json", "3.json", "4.json"])
    }
  }

  @Test func resultsAreMadeAnewWithoutTheService() async throws {
    try await EmulatedRun.run(Self.options()) { run in
      let words = ["transcribe", "https://example.org/a.mp4", "--duration", "10:00", "-f", "json"]
      #expect(await run.tabscribe(words + ["--shard", "2m", "--overlap", "1:00"]).code == .done)
      let before = try documents(run.folder, ["a.json"])
      let sent = run.emulator.log.count
      let again = await run.tabscribe("runs", "reparse", "last")
      #expect(again.code == .done, "\(again.errors)")
      #expect(try documents(run.folder, ["a.json"])[0]["segments"] == before[0]["segments"])
      #expect(run.emulator.log.count == sent)
    }
  }

  @Test func voicesAreShownAndMergedByHand() async throws {
    try await EmulatedRun.run(Self.options()) { run in
      let words = ["transcribe", "https://example.org/a.mp4", "--duration", "10:00", "-f", "json"]
      #expect(await run.tabscribe(words + ["--shard", "3m", "--overlap", "1:00"]).code == .done)
      let table = try await run.tabscribe("runs", "voices", "last", "--json").json
      #expect((table["voices"]?.array?.count ?? 0) >= 2)
      let merged = await run.tabscribe("runs", "voices", "last", "--merge", "1=2")
      #expect(merged.code == .done, "\(merged.errors)")
      let voices = try #require(try documents(run.folder, ["a.json"])[0]["segments"]?.array)
        .compactMap { $0["voice"]?.int }
      #expect(!voices.contains(2))
      let shown = await run.tabscribe("runs", "voices", "last")
      #expect(shown.output.contains("by hand"))
      let wrong = await run.tabscribe("runs", "voices", "last", "--move", "9.9=1")
      #expect(wrong.code == .usage)
    }
  }
}
