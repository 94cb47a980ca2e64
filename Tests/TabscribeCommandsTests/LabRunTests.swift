internal import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@Suite struct LabRunTests {
  private static let lab =
    LabSample.videos + """
      variants:
        - {name: now, prompt: transcribe}
        - {name: formats, prompt: transcribe, encoding: [json, tsv]}
      repeats: 2
      """

  private func sent(_ run: EmulatedRun) -> Int {
    run.emulator.log.entries.count {
      $0.path.contains("generateContent") || $0.path.contains("streamGenerateContent")
    }
  }

  @Test func everythingIsAskedOnceAndScored() async throws {
    try await EmulatedRun.run(in: LabSample.folder(Self.lab)) { run in
      let first = await run.tabscribe("lab", "run", "lab.yaml", "--json")
      #expect(first.code == .done, "\(first.errors)")
      #expect(first.errors.contains("\"formats · encoding json\" asks exactly what \"now\" asks"))
      // 2 variants, 2 clips, 2 repeats.
      #expect(sent(run) == 8)
      let json = try first.json
      #expect(json["variants"]?.array?.count == 2)
      #expect(json["variants"]?[0]?["metrics"]?["wer"]?["measurements"] == 4)
      #expect(json["results"]?.array?.count == 8)
      #expect(json["round"] == 1)
      let again = await run.tabscribe("lab", "run", "lab.yaml", "--json")
      #expect(again.code == .done)
      #expect(sent(run) == 8)
      #expect(try again.json == json)
    }
  }

  @Test func captionsNobodyCanReadAreCounted() async throws {
    let lab = "videos: [sample.webm]\nvariants: [transcribe]\nmetrics: [captions]\n"
    try await EmulatedRun.run(in: LabSample.folder(lab)) { run in
      let done = await run.tabscribe("lab", "run", "lab.yaml", "--json")
      #expect(done.code == .done, "\(done.errors)")
      // Three in a minute and a half.
      let captions = try #require(
        try done.json["variants"]?[0]?["metrics"]?["captions"]?["value"]?.double
      )
      #expect((90...140).contains(captions))
    }
  }

  @Test func whatTranscribeHasAskedIsNotAskedAgain() async throws {
    let lab = """
      videos: [sample.webm]
      variants: [transcribe]
      """
    try await EmulatedRun.run(in: LabSample.folder(lab)) { run in
      let single = await run.tabscribe("transcribe", "sample.webm")
      #expect(single.code == .done)
      #expect(sent(run) == 1)
      let lab = await run.tabscribe("lab", "run", "lab.yaml")
      #expect(lab.code == .done, "\(lab.errors)")
      #expect(sent(run) == 1)
      #expect(lab.output.contains("one sample"))
      #expect(lab.output.contains("With one clip"))
      // A repeat is work of its own.
      try run.folder.write(
        "videos: [sample.webm]\nvariants: [transcribe]\nrepeats: 2\n",
        to: "lab.yaml"
      )
      let more = await run.tabscribe("lab", "run", "lab.yaml")
      #expect(more.code == .done)
      #expect(sent(run) == 2)
    }
  }

  @Test func aStoppedRunIsTakenUp() async throws {
    var options = EmulatorOptions()
    var rule = Scenario.Rule(Fault(.quotaPerDay))
    rule.times = 1
    rule.skip = 2
    options.scenario = Scenario(rules: [rule])
    try await EmulatedRun.run(options, in: LabSample.folder(Self.lab)) { run in
      let words = ["lab", "run", "lab.yaml", "-j", "1", "--max-failures", "1"]
      let stopped = await run.tabscribe(words)
      #expect(stopped.code != .done)
      #expect(stopped.output.contains("6 of 8 results are missing"))
      let planned = await run.tabscribe("lab", "run", "lab.yaml", "--plan")
      #expect(planned.code == .done, "\(planned.errors)")
      let taken = await run.tabscribe("lab", "run", "lab.yaml", "--json")
      #expect(taken.code == .done, "\(taken.errors)")
      #expect(taken.errors.contains("Taking up run"))
      #expect(!planned.errors.contains("Taking up run"), "nothing is taken up to plan")
      #expect(sent(run) == 9)
      let json = try taken.json
      #expect(json["missing"] == 0)
    }
  }

  @Test func aLabByBatchGivesWhatItGivesOnline() async throws {
    var options = EmulatorOptions()
    options.batchPolls = 2
    try await EmulatedRun.run(options, in: LabSample.folder(Self.lab)) { run in
      let asked = await run.tabscribe("lab", "run", "lab.yaml", "--batch")
      #expect(asked.code == .incomplete, "\(asked.errors)")
      #expect(asked.output.contains("8 requests to") && asked.output.contains("--batch"))
      #expect(sent(run) == 0)
      let online = await run.tabscribe("lab", "run", "lab.yaml")
      #expect(online.code == .failed)
      #expect(online.errors.contains("asks the same"), "\(online.errors)")
      let done = await run.tabscribe("lab", "run", "lab.yaml", "--batch", "--wait", "--json")
      #expect(done.code == .done, "\(done.errors)")
      let round = try done.json
      #expect(round["missing"] == 0)
      #expect(sent(run) == 0)
      // Everything was asked, by whatever carrier.
      let again = await run.tabscribe("lab", "run", "lab.yaml", "--json")
      #expect(again.code == .done)
      #expect(try again.json["leaderboard"] == round["leaderboard"])
      let jobs = run.emulator.log.entries.filter { $0.path.hasSuffix(":batchGenerateContent") }
      #expect(jobs.count == 1)
    }
  }

  @Test func whatHasNoEffectOnBatchesIsRefused() async throws {
    try await EmulatedRun.run(in: LabSample.folder(Self.lab)) { run in
      let waits = await run.tabscribe("lab", "run", "lab.yaml", "--wait")
      #expect(waits.code == .usage && waits.errors.contains("--batch"))
      let tape = await run.tabscribe("lab", "run", "lab.yaml", "--batch", "--record", "tape")
      #expect(tape.code == .usage && tape.errors.contains("neither recorded nor replayed"))
    }
  }

  @Test func thePlanAndTheLimitComeBeforeAnythingIsSent() async throws {
    try await EmulatedRun.run(in: LabSample.folder(Self.lab)) { run in
      let plan = await run.tabscribe("lab", "run", "lab.yaml", "--plan", "--json")
      #expect(plan.code == .done, "\(plan.errors)")
      let json = try plan.json
      #expect(json["requests"]?.array?.count == 8)
      let refused = await run.tabscribe("lab", "run", "lab.yaml", "--cost-limit", "0.0001")
      #expect(refused.code == .limit)
      #expect(run.emulator.log.entries.isEmpty)
    }
  }

  @Test(arguments: [
    (
      "variants: [transcribe]\nvideo: a", "line 2: a lab has no key \"video\"",
      "Did you mean videos?"
    ),
    ("videos: [a]\nvariants:\n  - {promt: transcribe}", "line 3: a variant has no key", "prompt?"),
    (
      "videos: [a]\nvariants:\n  - {thinking: loww}", "line 3: \"loww\" is no thinking-level",
      "low?"
    ),
    ("videos: [a]\nvariants: [x, x]", "two variants are called \"x\"", "name:"),
    ("videos:\n  - {source: a, clips: [5:00-4:00]}", "line 2: \"5:00-4:00\" is no clip", "end"),
    ("variants: [transcribe]", "the lab has no videos", "videos"),
    ("videos: [a]\ngate: {wer: {}}", "line 2: the threshold for wer says nothing", "at-most"),
    ("videos: [a]\nmetrics: [werr]", "line 2: there is no metric \"werr\"", "wer?"),
    ("videos: [a", "line 2", "YAML"),
    (
      "videos: [sample.webm]\nvariants:\n  - {prompt: baseline, wording: recall}",
      "line 3: the prompt \"baseline\" has no variable favor", "Leave wording out"
    ),
    ("videos: [gone.mp4]\nvariants: [transcribe]", "gone.mp4 cannot be found", "Check the path"),
  ])
  func mistakesAreSaidWithTheirPlace(
    _ text: String,
    _ message: String,
    _ remedy: String
  ) async throws {
    let folder = try LabSample.folder(text)
    let run = await CommandRun.tabscribe(["lab", "run", "lab.yaml"], in: folder)
    #expect(run.code == .usage || run.code == .failed)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.contains(remedy), "\(run.errors)")
  }
}
