import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// Recipes by batch: a run whose requests travel by another carrier.
@Suite struct DeriveBatchTests {
  /// A folder with the sample's transcript, and a service whose batches end at once.
  private func transcribed(_ body: (EmulatedRun) async throws -> Void) async throws {
    var options = EmulatorOptions()
    options.batchPolls = 1
    try await EmulatedRun.run(options) { run in
      let done = await run.tabscribe("transcribe", "sample.webm")
      #expect(done.code == .done, "\(done.errors)")
      try await body(run)
    }
  }

  private func submitted(_ run: EmulatedRun, _ words: [String]) async throws -> JSONValue {
    let submit = await run.tabscribe(["derive"] + words + ["--batch", "--json"])
    #expect(submit.code == .done, "\(submit.errors)")
    return try #require(try submit.json["batches"]?[0])
  }

  private func derived(_ run: EmulatedRun, _ name: String) throws -> [JSONValue] {
    try JSONValue(parsing: run.folder.text(of: name))["derived"]?.array ?? []
  }

  @Test func aBatchGivesTheTablesOfTheRunOnline() async throws {
    try await transcribed { run in
      try run.folder.write(run.folder.text(of: "sample.json"), to: "online.json")
      let words = ["chapters,quotes,translate", "sample.json", "--param", "to=French"]
      let batch = try await submitted(run, words)
      let id = try #require(batch["id"]?.string)
      #expect(batch["requests"] == 3)
      let costs = batch["costUSD"]
      #expect(costs?["batch"]?.double ?? 1 < (costs?["online"]?.double ?? 0) * 0.6)
      #expect(try derived(run, "sample.json").isEmpty)
      // While it is on its way nobody pays for it twice.
      let twice = await run.tabscribe(["derive"] + words)
      #expect(twice.code == .failed && twice.errors.contains("batch fetch \(id)"))
      let fetch = await run.tabscribe("batch", "fetch", id, "--wait", "-f", "txt")
      #expect(fetch.code == .done, "\(fetch.errors)")
      #expect(fetch.errors.contains("--format has no effect"))
      let online = await run.tabscribe(
        ["derive", "chapters,quotes,translate", "online.json", "--param", "to=French", "--force"]
      )
      #expect(online.code == .done, "\(online.errors)")
      let (one, other) = (try derived(run, "sample.json"), try derived(run, "online.json"))
      #expect(one.count == 3)
      #expect(one.map { $0["tables"] } == other.map { $0["tables"] })
      #expect(one.map { $0["findings"] } == other.map { $0["findings"] })
      #expect(one.map { $0["rows"] } == other.map { $0["rows"] })
      let page = try run.folder.text(of: "sample.html")
      #expect(page.matches(of: /<details class="data panel">/).count == 3)
    }
  }

  @Test func whatABatchAskedStandsWhateverBecomesOfItsTranscript() async throws {
    try await transcribed { run in
      let batch = try await submitted(run, ["quotes", "sample.json"])
      let id = try #require(batch["id"]?.string)
      let resumed = await run.tabscribe("runs", "resume", id)
      #expect(resumed.code == .usage && resumed.errors.contains("batch fetch \(id)"))
      _ = await run.tabscribe("correct", "replace", "Mould", "Mold", "sample.json", "--yes")
      let fetch = await run.tabscribe("batch", "fetch", id, "--wait", "--json")
      #expect(fetch.code == .done, "\(fetch.errors)")
      let kept = try derived(run, "sample.json")
      #expect(kept.count == 1)
      #expect(try run.folder.text(of: "sample.html").contains("The transcript has changed since."))
      // Reading the answers anew leaves the transcript a transcript.
      let anew = await run.tabscribe("runs", "reparse", id)
      #expect(anew.code == .done, "\(anew.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "sample.json"))
      #expect(document["segments"]?.array?.count == 22)
      #expect(document["derived"]?[0]?["tables"] == kept[0]["tables"])
    }
  }

  @Test func aTranscriptThatIsElsewhereGetsItsTablesOnceItIsBack() async throws {
    try await transcribed { run in
      let batch = try await submitted(run, ["quotes", "sample.json"])
      let id = try #require(batch["id"]?.string)
      let text = try run.folder.text(of: "sample.json")
      try FileManager.default.removeItem(atPath: run.folder.path + "/sample.json")
      let lost = await run.tabscribe("batch", "fetch", id, "--wait")
      #expect(lost.code != .done)
      #expect((lost.errors + lost.output).contains("sample.json"), "\(lost.errors)")
      try run.folder.write(text, to: "sample.json")
      let count = run.emulator.log.entries.count
      let back = await run.tabscribe("batch", "fetch", id)
      #expect(back.code == .done, "\(back.errors)")
      #expect(run.emulator.log.entries.count == count)
      #expect(try derived(run, "sample.json").count == 1)
    }
  }

  @Test func aDamagedRecordIsAnErrorWithItsPlace() async throws {
    try await transcribed { run in
      let batch = try await submitted(run, ["translate", "sample.json", "--param", "to=French"])
      let id = try #require(batch["id"]?.string)
      let record = try run.folder.text(of: ".local/share/tabscribe/batches/\(id).batch.json")
      for (old, new, place) in [
        ("\"pieces\": [[0,", "\"pieces\": [[-1,", "pieces"),
        ("\"form\": \"rows\"", "\"form\": \"lines\"", "form"),
        ("\"rows\": 0", "\"rows\": 7", "rows"),
      ] {
        let compact = old.replacing(": ", with: ":")
        let damaged = record.replacing(old, with: new)
          .replacing(compact, with: new.replacing(": ", with: ":"))
        #expect(damaged != record, "\(old)")
        try run.folder.write(damaged, to: "record.json")
        let other = try TemporaryFolder()
        let fetch = await CommandRun.tabscribe(
          ["batch", "fetch", id, "--from", run.folder.path + "/record.json"],
          in: other,
          environment: ["GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": "k"]
        )
        #expect(fetch.code == .failed && fetch.errors.contains(place), "\(fetch.errors)")
      }
    }
  }

  @Test func whatHasNoEffectOnABatchIsRefused() async throws {
    try await transcribed { run in
      let before = run.emulator.log.entries.count
      for option in ["--dry-run", "--resume", "--no-continue"] {
        let done = await run.tabscribe("derive", "quotes", "sample.json", "--batch", option)
        #expect(done.code == .usage && done.errors.contains("\(option) has no effect on a batch"))
      }
      let place = await run.tabscribe("derive", "quotes", "sample.json", "--storage", "gs://a/b")
      #expect(place.code == .usage && place.errors.contains("--storage is for batches"))
      let limit = await run.tabscribe(
        "derive",
        "quotes",
        "sample.json",
        "--batch",
        "--cost-limit",
        "0.000001"
      )
      #expect(limit.code == .limit)
      #expect(run.emulator.log.entries.count == before)
    }
  }
}
