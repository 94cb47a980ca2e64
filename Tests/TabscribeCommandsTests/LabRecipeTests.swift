import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

/// Labs whose variants are recipes, tried on finished transcripts.
@Suite struct LabRecipeTests {
  private static let lab = """
    transcripts: [sample.json]
    variants:
      - {name: usual, prompt: quotes}
      - {name: few, prompt: few.prompt}
    """

  private func transcribed(_ body: (EmulatedRun) async throws -> Void) async throws {
    var options = EmulatorOptions()
    options.batchPolls = 1
    try await EmulatedRun.run(options) { run in
      let done = await run.tabscribe("transcribe", "sample.webm")
      #expect(done.code == .done, "\(done.errors)")
      let shown = await run.tabscribe("prompts", "show", "quotes")
      try run.folder.write(
        shown.output.replacing("# Task", with: "Be brief.\n\n# Task"),
        to: "few.prompt"
      )
      try run.folder.write(Self.lab, to: "lab.yaml")
      try await body(run)
    }
  }

  @Test func variantsOfARecipeAreScoredOnTheSameTranscript() async throws {
    try await transcribed { run in
      let before = run.emulator.log.entries.count
      let first = await run.tabscribe("lab", "run", "lab.yaml", "--json")
      #expect(first.code == .done, "\(first.errors)")
      #expect(run.emulator.log.entries.count == before + 2)
      let json = try first.json
      let metrics = try #require(json["variants"]?[0]?["metrics"])
      #expect(metrics["answers"]?["value"]?.double == 6)
      #expect(metrics["quotes"]?["value"]?.double == 1)
      #expect(metrics["cost"]?["value"]?.double ?? 0 > 0)
      #expect(metrics["findings"]?["value"]?.double == 0)
      // The transcript itself is only read.
      let text = try run.folder.text(of: "sample.json")
      #expect(!text.contains("\"derived\""))
      let again = await run.tabscribe("lab", "run", "lab.yaml", "--json")
      #expect(again.code == .done && run.emulator.log.entries.count == before + 2)
      // What a lab has asked, derive does not ask again.
      let derive = await run.tabscribe("derive", "quotes", "sample.json")
      #expect(derive.code == .done && run.emulator.log.entries.count == before + 2)
      let report = await run.tabscribe("lab", "report", "lab.yaml", "--html", "lab.html")
      #expect(report.code == .done, "\(report.errors)")
      #expect(try run.folder.text(of: "lab.html").contains("Quotes found"))
    }
  }

  @Test func theyTravelByBatchToo() async throws {
    try await transcribed { run in
      let done = await run.tabscribe("lab", "run", "lab.yaml", "--batch", "--wait", "--json")
      #expect(done.code == .done, "\(done.errors)")
      let json = try done.json
      #expect(json["results"]?.array?.count == 2)
    }
  }

  @Test func fetchingTheirBatchLeavesTheTranscriptAsItIs() async throws {
    try await transcribed { run in
      let before = try run.folder.text(of: "sample.json")
      let sent = await run.tabscribe("lab", "run", "lab.yaml", "--batch", "--json")
      #expect(sent.code == .incomplete, "\(sent.errors)")
      let id = try #require(try sent.json["batches"]?[0]?["id"]?.string)
      let fetch = await run.tabscribe("batch", "fetch", id, "--wait", "--force")
      #expect(fetch.code == .done, "\(fetch.errors)")
      #expect(fetch.errors.contains("--force has no effect: results of a lab stay"))
      #expect(try run.folder.text(of: "sample.json") == before)
      let lab = await run.tabscribe("lab", "run", "lab.yaml", "--batch", "--json")
      #expect(lab.code == .done, "\(lab.errors)")
      #expect(try lab.json["variants"]?[0]?["metrics"]?["answers"]?["value"]?.double == 6)
    }
  }

  @Test func mistakesAreTold() async throws {
    try await transcribed { run in
      try run.folder.write("videos: [sample.webm]\n" + Self.lab, to: "both.yaml")
      let both = await run.tabscribe("lab", "run", "both.yaml")
      #expect(both.code == .usage && both.errors.contains("both videos and transcripts"))
      try run.folder.write("transcripts: [sample.json]\nvariants: [transcribe]\n", to: "no.yaml")
      let none = await run.tabscribe("lab", "run", "no.yaml")
      #expect(none.code != .done && none.errors.contains("is no recipe"))
      try run.folder.write("transcripts: [sample.json]\nvariants: [translate]\n", to: "to.yaml")
      let lack = await run.tabscribe("lab", "run", "to.yaml")
      #expect(lack.code == .usage && lack.errors.contains("needs a value for to"))
    }
  }
}
