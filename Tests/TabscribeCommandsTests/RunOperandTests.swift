internal import CommandLineInterface
import Foundation
internal import GeminiEmulation
internal import HostSystem
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

@testable internal import TabscribeCommands

/// Runs as operands of `report`, `export` and `correct`.
@Suite struct RunOperandTests {
  let folder: TemporaryFolder
  let samples: StoreSamples

  init() throws {
    folder = try TemporaryFolder()
    samples = try StoreSamples(folder)
    try samples.addFirst(["We are in orbit.", "Roger."])
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path])
  }

  private var item: Int64 {
    get throws { try samples.store.resolveItem(StoreSamples.first).id }
  }

  private static let correction: JSONValue = [
    "id": "c1", "at": "2026-03-12T18:04:00Z", "kind": "text", "row": 0, "startMS": 0,
    "before": "We are in orbit.", "after": "We are in Paris.",
  ]

  private func saveCorrection() throws {
    let file = CorrectionsFile(
      for: StoreSamples.document(["We are in orbit.", "Roger."]),
      corrections: [Self.correction]
    )
    try folder.write(file.json.rendered(.pretty), to: "fixes.json")
  }

  @Test(arguments: ["last", "20261120", "20261120T101500Z-3f9ac2", "last.1"])
  func aRunIsExportedByEachOfItsNames(_ name: String) async throws {
    let export = await run("export", name, "-f", "txt", "-o", "-")
    #expect(export.code == .done, "\(export.errors)")
    #expect(export.output.contains("We are in orbit."))
  }

  @Test func aFileGoesBeforeARun() async throws {
    try folder.write(SavedTranscript.text(), to: "last")
    #expect(await run("export", "last", "-f", "txt", "-o", "-").output.contains("Good evning."))
  }

  @Test(arguments: ["nothing", "last.9", "missing.json", "a/last"])
  func whatIsNeitherIsNamed(_ name: String) async {
    for command in [["export", "-f", "txt"], ["report"], ["correct", "list"]] {
      let run = await CommandRun.tabscribe(
        command + [name],
        in: folder,
        environment: ["TABSCRIBE_HOME": folder.path]
      )
      #expect(run.code != .done)
      #expect(run.errors.contains(name), "\(run.errors)")
    }
  }

  @Test func withoutAStoreARunIsNotThere() async throws {
    let empty = try TemporaryFolder()
    let run = await CommandRun.tabscribe(["report", "last"], in: empty)
    #expect(run.code == .failed)
    #expect(run.errors.contains("neither a file nor a run"))
    #expect(!empty.names.contains("data"))
  }

  @Test func aReportShowsWhatWasSentAndWhatCameBack() async throws {
    let report = await run("report", "last", "-o", "site")
    #expect(report.code == .done, "\(report.errors)")
    let page = try folder.text(of: "site/talk.html")
    for text in ["Write it down.", "MAX_TOKENS", "the network is down", ">reply<", "0.012"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("tabscribe-library\" content"))
  }

  @Test func aRunOfSeveralGetsAPageThatListsThem() async throws {
    try samples.addSecond()
    let run = await run("report", "last", "-o", "site", "--json")
    #expect(run.code == .incomplete)
    #expect(run.errors.contains("has no result: failed"))
    #expect(try run.json["index"] == "site/index.html")
    #expect(try run.json["reports"]?[0]?["report"] == "site/talk.html")
    #expect(try folder.text(of: "site/index.html").contains("href=\"talk.html\""))
    let failed = await self.run("report", "last.2")
    #expect(failed.code == .failed)
    #expect(failed.errors.contains("has no transcript"))
    #expect(await self.run("correct", "list", "last").errors.contains("has 3 items"))
  }

  @Test func correctionsOfARunAreKeptListedExportedAndTakenBack() async throws {
    try saveCorrection()
    let apply = await run("correct", "apply", "fixes.json", "last")
    #expect(apply.code == .done, "\(apply.errors)")
    #expect(apply.output.contains("1 applied."))
    #expect(await run("correct", "list", "last").output.contains("We are in Paris."))
    #expect(await run("export", "last", "-f", "txt", "-o", "-").output.contains("in Paris."))
    let machine = await run("export", "last", "-f", "txt", "-o", "-", "--machine")
    #expect(machine.output.contains("in orbit."))
    #expect(await run("report", "last").code == .done)
    #expect(try folder.text(of: "talk.html").contains("We are in Paris."))
    #expect(await run("correct", "undo", "last", "--last").code == .done)
    #expect(await run("export", "last", "-f", "txt", "-o", "-").output.contains("in orbit."))
    let undone = try samples.store.corrections(of: item)
    #expect(undone == [StoredCorrection(Self.correction, isUndone: true)])
    #expect(await run("correct", "apply", "fixes.json", "last").output.contains("1 applied."))
    #expect(try samples.store.corrections(of: item) == [StoredCorrection(Self.correction)])
  }

  @Test func correctionsSurviveReparsingAndANewRun() async throws {
    try await EmulatedRun.run { emulated in
      let home = emulated.folder
      func tabscribe(_ arguments: String...) async -> CommandRun {
        await CommandRun.tabscribe(
          arguments,
          in: home,
          environment: [
            "GOOGLE_GEMINI_BASE_URL": emulated.emulator.baseURL, "GEMINI_API_KEY": "k",
            "TABSCRIBE_HOME": home.path,
          ]
        )
      }
      let first = await tabscribe("transcribe", "sample.webm")
      #expect(first.code == .done, "\(first.errors)")
      let json = try JSONValue(parsing: home.text(of: "sample.json"))
      let document = try TranscriptDocument(json: json)
      let row = document.transcript.segments[0]
      let correction: JSONValue = [
        "id": "c1", "at": "2026-03-12T18:04:00Z", "kind": "text", "row": .init(row.row),
        "before": .string(row.text), "after": "Corrected by a person.",
      ]
      let file = CorrectionsFile(for: document, corrections: [correction])
      try home.write(file.json.rendered(), to: "fixes.json")
      #expect(await tabscribe("correct", "apply", "fixes.json", "last").code == .done)
      let reparsed = await tabscribe("runs", "reparse", "last")
      #expect(reparsed.code == .done, "\(reparsed.errors)")
      #expect(try home.text(of: "sample.html").contains("Corrected by a person."))
      let again = await tabscribe("transcribe", "sample.webm", "--force")
      #expect(again.code == .done, "\(again.errors)")
      let text = await tabscribe("export", "last", "-f", "txt", "-o", "-")
      #expect(text.output.contains("Corrected by a person."))
      #expect(try home.text(of: "sample.html").contains("Raw reply"))
      #expect(try !home.text(of: "sample.html").contains("test-key"))
    }
  }

  @Test func theDemoLeavesARunWhoseVideoCanBeFound() async throws {
    let demo = await run("demo", "-o", "first look")
    #expect(demo.code == .done, "\(demo.errors)")
    let stored = try #require(try samples.store.run(samples.store.resolveRun("last")))
    #expect(stored.summary.status == .finished)
    #expect(stored.summary.workingFolder == folder.path)
    #expect(stored.summary.arguments.first == "demo")
    let item = try #require(stored.items.first)
    #expect(item.status == .complete)
    #expect(item.files.count == 2 && item.files.allSatisfy { HostFiles.kind(of: $0) == .file })
    #expect(item.item.source.contentHash != nil && item.item.source.size != nil)
    let file = try #require(try MediaFile(item, in: samples.store, KnownFiles()))
    #expect(file.path == folder.path + "/first look/sample.webm")
    try folder.write("other", to: "first look/sample.webm")
    #expect(try MediaFile(item, in: samples.store, KnownFiles()) == nil)
  }
}
