internal import CommandLineInterface
import Foundation
internal import OrderedJSON
internal import RunStore
import Testing

@Suite struct RunsCommandTests {
  let folder: TemporaryFolder
  let samples: StoreSamples

  init() throws {
    folder = try TemporaryFolder()
    samples = try StoreSamples(folder)
    try samples.addFirst(["We are in orbit.", "Are you?"])
    try samples.addSecond()
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path])
  }

  @Test func listShowsTheNewestFirstWithWhatBecameOfIt() async throws {
    let result = await run("runs", "list")
    #expect(result.code == .done)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[1].hasPrefix(
        "\(StoreSamples.second)  2026-11-21 09:00  interrupted  transcribe  1 of 3"
      )
    )
    #expect(lines[1].contains("1 failed, 1 waiting"))
    #expect(lines[2].contains("finished"))
    #expect(lines[2].contains("1 complete"))
    #expect(lines[2].contains("0.012"))
    #expect(lines[2].hasSuffix("tabscribe transcribe 'my talk.mp4' --fps 2"))
  }

  @Test func idsAloneAreForShells() async {
    let result = await run("runs", "list", "--ids")
    #expect(result.output == "\(StoreSamples.second)\n\(StoreSamples.first)\n")
    #expect(await run("runs", "list", "--ids", "-n", "1").errors.isEmpty)
  }

  @Test func listAsJSONCountsItemsAndSaysIfThereAreMore() async throws {
    let json = try await run("runs", "list", "--limit", "1", "--json").json
    #expect(json["hasMore"] == true)
    #expect(json["runs"]?.array?.count == 1)
    let newest = try #require(json["runs"]?[0])
    #expect(newest["id"] == .string(StoreSamples.second))
    #expect(newest["itemCounts"] == ["complete": 1, "failed": 1, "waiting": 1])
    #expect(newest["prompts"] == ["transcribe"])
    #expect(newest["startedAt"] == "2026-11-21T09:00:00Z")
  }

  @Test func withoutAStoreThereAreNoRunsAndNoneIsMade() async throws {
    let empty = try TemporaryFolder()
    let environment = ["TABSCRIBE_HOME": empty.path]
    let list = await CommandRun.tabscribe(["runs", "list"], in: empty, environment: environment)
    #expect(list.code == .done)
    #expect(list.output.isEmpty)
    #expect(list.errors.contains("no runs yet"))
    for command in [["runs", "show", "last"], ["runs", "delete", "last"], ["search", "orbit"]] {
      let result = await CommandRun.tabscribe(command, in: empty, environment: environment)
      #expect(result.code == .failed)
      #expect(result.errors.contains("There is no run store at \(empty.path)/data/tabscribe.db."))
    }
    #expect(empty.names.isEmpty)
  }

  @Test func showTellsEverythingAboutARunOfOneItem() async throws {
    let result = await run("runs", "show", "20261120")
    #expect(result.code == .done)
    let told = [
      "tabscribe transcribe 'my talk.mp4' --fps 2", "/videos/talk.mp4 · 01:00 · 1.5 MB",
      "2 rows, 2 speakers, 1 finding\n", "0.012 USD", "gemini-3.5-flash-lite", "transcribe (",
      "{\"seed\":42}", "{\"fps\":2}", "/videos/talk.html", "Alan Shepard", "NASA",
      "[voice 2, host]", "clip", "00:00–01:00", "MAX_TOKENS", "10,000", "60 %", "1,234", "3 times",
      "continuation", "the network is down", "warning gap: Nothing is said for a minute. (row 2)",
    ]
    for text in told { #expect(result.output.contains(text), "\(text)") }
  }

  @Test func showListsTheItemsOfALongerRunAndTellsOfOneByItsNumber() async throws {
    let run = await run("runs", "show", "last")
    #expect(run.output.contains("The model refused."))
    #expect(run.errors.contains("tabscribe runs show \(StoreSamples.second).1"))
    let item = await self.run("runs", "show", "last.2")
    #expect(item.output.contains("failed: The model refused."))
    #expect(!item.output.contains("later"))
  }

  @Test func showAsJSONHoldsAllItems() async throws {
    let json = try await run("runs", "show", StoreSamples.first, "--json").json
    let item = try #require(json["items"]?[0])
    #expect(item["speakers"]?[0]?["company"] == "NASA")
    #expect(item["findings"]?[0]?["code"] == "gap")
    #expect(item["requests"]?[0]?["usage"]?["cachedTokens"] == 6000)
    #expect(item["requests"]?[0]?["attempts"] == 3)
    #expect(item["requests"]?[0]?["replyBytes"] == 5)
    #expect(item["requests"]?[1]?["status"] == "failed")
    let all = try await run("runs", "show", "last", "--json").json
    #expect(all["items"]?.array?.count == 3)
  }

  @Test func anUnknownRunIsAMistakeOfTheUser() async throws {
    let result = await run("runs", "show", "2025\u{1B}[31m")
    #expect(result.code == .usage)
    #expect(result.errors.contains("tabscribe runs list"))
    #expect(!result.errors.contains("\u{1B}"))
    #expect(await run("runs", "show", "2026").code == .usage)
    #expect(await run("runs", "show", "last.9").code == .usage)
  }

  @Test func exportWritesAFileForEachResultAndNamesWhatHasNone() async throws {
    let result = await run("runs", "export", "last", "-o", "out")
    #expect(result.code == .incomplete)
    #expect(result.output == "✓ out/talk.json\n")
    #expect(result.errors.contains("\(StoreSamples.second).2"))
    #expect(result.errors.contains("no result: failed"))
    let json = try JSONValue(parsing: folder.text(of: "out/talk.json"))
    #expect(json["segments"]?[0]?["text"] == "Nothing of that here.")
    #expect(await run("runs", "export", "last", "-o", "out").code == .failed)
    #expect(await run("runs", "export", "20261120", "-o", "out", "--force").code == .done)
    #expect(try folder.text(of: "out/talk.json").contains("We are in orbit."))
  }

  @Test func exportingARunIsExport() async throws {
    let own = try await run("runs", "export", "last", "-o", "a", "--json").json
    let general = try await run("export", "last", "-f", "json", "-o", "a", "--force", "--json").json
    #expect(own == general)
    #expect(own["files"] == ["a/talk.json"])
    #expect(own["missing"]?.array?.isEmpty == false)
  }

  @Test func exportedTranscriptsHaveTheirCorrections() async throws {
    let item = try samples.store.resolveItem(StoreSamples.first)
    try samples.store.setCorrections([StoredCorrection(["row": 0])], of: item.id)
    let result = await run("runs", "export", "20261120")
    #expect(result.code == .incomplete)
    #expect(result.errors.contains("1 correction does not apply"))
    #expect(try JSONValue(parsing: folder.text(of: "talk.json"))["corrections"] == [["row": 0]])
  }

  @Test func whatWasPaidForIsDeletedOnlyWhenMeant() async throws {
    let refused = await run("runs", "delete", "20261120")
    #expect(refused.code == .usage)
    #expect(refused.errors.contains("--yes"))
    #expect(await run("runs", "delete", "20261120", "nonsense", "--yes").code == .usage)
    #expect(try samples.store.runs().count == 2)
    #expect(await run("runs", "delete", "20261120", "--yes").code == .done)
    #expect(try samples.store.runs().map(\.id) == [StoreSamples.second])
  }

  @Test func oldRunsAreDeletedByTheirAge() async throws {
    func delete(_ arguments: String...) async -> CommandRun {
      await .tabscribe(
        ["runs", "delete"] + arguments,
        in: folder,
        environment: ["TABSCRIBE_HOME": folder.path],
        day: "2027-02-19"
      )
    }
    // The first began 91 days before, the second 90 days and three hours.
    let looked = await delete("--older-than", "13w", "--dry-run")
    #expect(looked.code == .done)
    #expect(looked.output.contains(StoreSamples.first))
    #expect(!looked.output.contains(StoreSamples.second))
    // The reply of five bytes, the document and its rows.
    #expect(
      looked.errors.contains(#/1 run of \d+(\.\d)? kB, billed 0\.012 USD; nothing was deleted/#)
    )
    #expect(looked.output.contains(#/ kB +tabscribe transcribe/#))
    let json = try await delete("--older-than", "90d", "--dry-run", "--json").json
    #expect(json["wouldDelete"]?.array?.count == 2)
    #expect(await delete("--older-than", "13w").code == .usage)
    #expect(await delete("--older-than", "13w", "last").code == .usage)
    #expect(await delete("--older-than", "soon").code == .usage)
    #expect(await delete().errors.contains("No run is named"))
    #expect(try samples.store.runs().count == 2)
    #expect(await delete("--older-than", "13w", "--yes").code == .done)
    #expect(try samples.store.runs().map(\.id) == [StoreSamples.second])
    #expect(try await delete("--older-than", "2y", "--yes", "--json").json["deleted"] == [])
  }

  @Test func whatOnlyFailedIsDeletedAtOnce() async throws {
    let run = try #require(try samples.store.run(StoreSamples.second))
    for item in run.items { try samples.store.setStatus(of: item.id, .failed) }
    #expect(await self.run("runs", "delete", "last").code == .done)
    #expect(try samples.store.runs().map(\.id) == [StoreSamples.first])
  }

  @Test func aSoundStoreIsSoundAndADamagedOneIsNot() async throws {
    let folder = try TemporaryFolder()
    let environment = ["TABSCRIBE_HOME": folder.path]
    // Closed before it is damaged: an open one would still know its newest pages.
    _ = try StoreSamples(folder).addFirst(["We are in orbit."])
    let sound = await CommandRun.tabscribe(["runs", "check"], in: folder, environment: environment)
    #expect(sound.code == .done)
    #expect(sound.output.contains("is sound"))
    let path = URL(filePath: folder.path + "/data/tabscribe.db")
    try Data(repeating: 0x5A, count: 8192).write(to: path)
    let broken = await CommandRun.tabscribe(
      ["runs", "check"],
      in: folder,
      environment: environment
    )
    #expect(broken.code == .failed)
    #expect(broken.errors.contains("not a database"))
  }

  @Test func theBackupIsAStoreAndReplacesNothing() async throws {
    let copy = await run("runs", "backup", "copy.db")
    #expect(copy.code == .done)
    let store = try RunStore(readingFrom: folder.path + "/copy.db")
    #expect(try store.runs().count == 2)
    let again = await run("runs", "backup", "copy.db")
    #expect(again.code == .failed)
    #expect(again.errors.contains("is there already"))
  }

  @Test func anotherStoreIsTakenInOnce() async throws {
    let other = try TemporaryFolder()
    try StoreSamples(other).addFirst(["We are in orbit."])
    let path = other.path + "/data/tabscribe.db"
    let known = await run("runs", "merge", path)
    #expect(known.code == .done)
    #expect(known.errors.contains("Took in 0 runs from \(path); 1 run of it here already."))
    try samples.store.deleteRun(StoreSamples.first)
    let json = try await run("runs", "merge", path, "--json").json
    #expect(json["taken"] == [.string(StoreSamples.first)])
    #expect(json["results"] == 1)
    let missing = await run("runs", "merge", "nothing.db")
    #expect(missing.code == .failed)
    #expect(missing.errors.contains("tabscribe runs backup"))
    #expect(await run("runs", "merge", folder.path + "/data/tabscribe.db").code == .failed)
  }

  @Test func pathPrintsWhereTheStoreIs() async throws {
    #expect(await run("runs", "path").output == folder.path + "/data/tabscribe.db\n")
    #expect(try await run("runs", "path", "--json").json["exists"] == true)
  }
}
