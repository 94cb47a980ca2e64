internal import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@Suite struct LabHistoryTests {
  @Test func whatChangedStandsBesideWhatItDid() async throws {
    let lab = """
      name: names
      videos: [{source: sample.webm, reference: sample.stm}]
      variants: [{name: mine, prompt: prompts/mine.prompt}]
      metrics: [names]
      """
    try await EmulatedRun.run(scripted(), in: LabSample.folder(lab)) { run in
      let new = await run.tabscribe("prompts", "show", "transcribe")
      try run.folder.write(new.output, to: "prompts/mine.prompt")
      _ = await run.tabscribe("lab", "run", "lab.yaml")
      let changed = new.output.replacing("# Task 1", with: "Keep it brief.\n\n# Task 1")
      try run.folder.write(changed, to: "prompts/mine.prompt")
      _ = await run.tabscribe("lab", "run", "lab.yaml")
      let history = await run.tabscribe("lab", "history", "names")
      #expect(history.code == .done, "\(history.errors)")
      #expect(history.output.contains("Round 2, mine, changed"), "\(history.output)")
      #expect(history.output.contains("{+Keep it brief."), "\(history.output)")
      let best = await run.tabscribe("lab", "best", "names", "--json")
      #expect(try best.json["round"] == 1)
      _ = await run.tabscribe("lab", "restore", "names", "--force")
      #expect(try run.folder.text(of: "prompts/mine.prompt") == new.output)
      let unknown = await run.tabscribe("lab", "report", "nothing")
      #expect(unknown.code == .usage)
      #expect(unknown.errors.contains("Nothing is known of the lab \"nothing\""))
    }
  }

  @Test func aRoundStaysWhenItsVideoAndItsRunsAreGone() async throws {
    let lab = """
      name: names
      videos: [{source: sample.webm, reference: sample.stm}]
      variants: [transcribe]
      gate: {wer: {at-most: 1 %, not-worse-by: 0.01}}
      """
    try await EmulatedRun.run(in: LabSample.folder(lab)) { run in
      _ = await run.tabscribe("lab", "run", "lab.yaml")
      let before = await run.tabscribe("lab", "report", "lab.yaml", "--json")
      let list = await run.tabscribe("runs", "list", "--json")
      let id = try #require(try list.json["runs"]?[0]?["id"]?.string)
      let deleted = await run.tabscribe("runs", "delete", id, "--yes")
      #expect(deleted.code == .done, "\(deleted.errors)")
      try FileManager.default.removeItem(at: run.folder.url.appending(path: "sample.webm"))
      let after = await run.tabscribe("lab", "report", "lab.yaml", "--html", "lab.html", "--json")
      #expect(after.code == .incomplete)
      let values = [try before.json, try after.json].map { $0["variants"]?[0]?["metrics"]?["wer"] }
      #expect(values[0] != nil && values[0] == values[1])
      let check = await run.tabscribe("runs", "check")
      #expect(check.code == .done, "\(check.output)")
      // One measurement tells nothing about another.
      _ = await run.tabscribe("lab", "baseline", "set", "lab.yaml", "main")
      let itself = await run.tabscribe("lab", "gate", "lab.yaml", "--json")
      #expect(itself.code == .gate)
    }
  }

  private func scripted() throws -> EmulatorOptions {
    var options = EmulatorOptions()
    options.scenario = try Scenario(
      yaml: "replies: [{prompt: Keep it brief., forgets: Maëlle Kervadec}]"
    )
    return options
  }
}
