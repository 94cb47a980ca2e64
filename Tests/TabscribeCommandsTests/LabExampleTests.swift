internal import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

/// The worked example: three wordings, of which one loses a name and one drifts, from asking to going
/// back.
@Suite struct LabExampleTests {
  private static let folder = SharedFixtures.projectRoot.appending(path: "Tests/LabExample").path
  private static let lab = folder + "/lab.yaml"

  @Test func theWorkedExampleTellsGoodFromBad() async throws {
    var options = EmulatorOptions()
    options.scenario = try Scenario(file: Self.folder + "/replies.yaml")
    try await EmulatedRun.run(options, in: try TemporaryFolder()) { run in
      let asked = await run.tabscribe("lab", "run", Self.lab, "--quiet", "-j", "8")
      #expect(asked.code == .done, "\(asked.errors)")
      try await reported(run)
      try await gated(run)
      try await gone(back: run)
    }
  }

  private func reported(_ run: EmulatedRun) async throws {
    let report = await run.tabscribe("lab", "report", Self.lab, "--html", "lab.html", "--json")
    #expect(report.code == .done, "\(report.errors)")
    let json = try report.json
    let names = json["variants"]?.array?.compactMap { $0["name"]?.string }
    #expect(names?.last == "brief")
    let brief = json["differences"]?.array?.first { $0["variant"] == "brief" }
    #expect(brief?["beyondNoise"] == true)
    #expect(brief?["better"] == false)
    #expect((brief?["p"]?.double ?? 1) < 0.05)
    let counted = json["differences"]?.array?.first { $0["variant"] == "counted" }
    #expect(counted?["beyondNoise"] == false)
    let values = json["variants"]?.array?.first { $0["name"] == "counted" }?["metrics"]
    #expect((values?["timing"]?["value"]?.double ?? 0) > 1)
    let page = try run.folder.text(of: "lab.html")
    #expect(page.contains("brief is worse than now in Right name"))
    #expect(page.contains("data-t="))
    #expect(page.contains("<small class=\"worst\">worst</small>"))
    let csv = await run.tabscribe("lab", "report", Self.lab, "--csv")
    #expect(csv.output.split(separator: "\r\n").count == 49)
  }

  private func gated(_ run: EmulatedRun) async throws {
    let without = await run.tabscribe("lab", "gate", Self.lab)
    #expect(without.code == .usage)
    let set = await run.tabscribe("lab", "baseline", "set", Self.lab, "main", "--variant", "now")
    #expect(set.code == .done, "\(set.errors)")
    let all = await run.tabscribe("lab", "gate", Self.lab, "--baseline", "main", "--junit", "j.xml")
    #expect(all.code == .gate, "\(all.output)")
    #expect(all.output.contains("FAILED  brief"))
    #expect(all.output.contains("FAILED  counted"))
    let junit = try run.folder.text(of: "j.xml")
    #expect(junit.contains("<testsuite name=\"now\" tests=\"5\" failures=\"0\">"), "\(junit)")
    #expect(junit.contains("<failure message="))
    let now = await run.tabscribe("lab", "gate", Self.lab, "--variant", "now", "--json")
    #expect(now.code == .done, "\(now.output)")
    let passed = try now.json
    #expect(passed["passed"] == true)
    let list = await run.tabscribe("lab", "baseline", "list", Self.lab)
    #expect(list.output.contains("main"))
    _ = await run.tabscribe("lab", "baseline", "delete", Self.lab, "main")
    let gone = await run.tabscribe("lab", "gate", Self.lab, "--baseline", "main")
    #expect(gone.code == .usage)
    #expect(gone.errors.contains("no baseline \"main\""))
  }

  /// The best iteration is had back, and asking it again sends nothing.
  private func gone(back run: EmulatedRun) async throws {
    let history = await run.tabscribe("lab", "history", Self.lab, "--json")
    let rounds = try history.json
    #expect(rounds["rounds"]?.array?.count == 3)
    let best = await run.tabscribe("lab", "best", Self.lab)
    #expect(best.output.contains("of round 1"), "\(best.output)\(best.errors)")
    let restored = await run.tabscribe(
      "lab",
      "restore",
      Self.lab,
      "--round",
      "1",
      "--variant",
      "brief",
      "-o",
      "old"
    )
    #expect(restored.code == .done, "\(restored.errors)")
    let text = try run.folder.text(of: "old/prompts/brief.prompt")
    let original = try String(
      contentsOfFile: Self.folder + "/prompts/brief.prompt",
      encoding: .utf8
    )
    #expect(text == original)
    #expect(try run.folder.text(of: "old/brief.yaml").contains("prompt: prompts/brief.prompt"))
    let sent = run.emulator.log.entries.count
    let video = Self.folder + "/../../Sources/SampleVideo/sample.webm"
    let again = await run.tabscribe(
      "transcribe",
      video,
      "-p",
      "old/prompts/brief.prompt",
      "--start",
      "0",
      "--end",
      "16"
    )
    #expect(again.code == .done, "\(again.errors)")
    #expect(again.errors.contains("done before"), "\(again.errors)")
    #expect(run.emulator.log.entries.count == sent)
  }
}
