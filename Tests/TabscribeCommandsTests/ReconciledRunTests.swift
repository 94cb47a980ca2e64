import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RequestPlanning
import RunStore
import Testing
import Transcribing
import TranscriptModel
import TranscriptionRuns

@testable import TabscribeCommands

/// What a run was expected to take against what the emulator billed for it.
@Suite(.serialized) struct ReconciledRunTests {
  private struct Run {
    var planned: (inout RequestSettings) -> Void = { _ in }
    var sent: (inout RequestSettings) -> Void = { _ in }
    var options = EmulatorOptions()
    var source: String?
    var prompts = ["transcribe"]
  }

  /// Plans some requests, sends them in the order of the plan, and compares.
  private func reconcile(_ run: Run) async throws -> Reconciliation {
    let folder = try TemporaryFolder()
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try Data(sample.bytes).write(to: folder.url.appending(path: "sample.webm"))
    let emulator = try GeminiEmulator.start(run.options)
    let context = CommandContext(
      standardOutput: TextBuffer(),
      standardError: TextBuffer(),
      environment: ["HOME": folder.path],
      workingFolder: folder.path
    )
    let transcriber = try TranscriptionSession.transcriber(
      GeminiConfiguration(apiKey: Secret("k"), baseURL: emulator.baseURL),
      environment: context.environment
    )
    func jobs(
      _ change: (inout RequestSettings) -> Void
    ) async throws -> [PreparedTranscription] {
      var settings = RequestSettings()
      settings.mediaResolution = .low
      change(&settings)
      var jobs: [PreparedTranscription] = []
      for name in run.prompts {
        jobs.append(
          try await transcriber.prepare(
            try context.workplace.videoSource(run.source ?? "sample.webm"),
            prompt: try PromptLookup(context.workplace).extractionPrompt(name),
            settings: settings
          )
        )
      }
      return jobs
    }
    let day = try #require(CalendarDay(parsing: "2026-11-20"))
    let planner = Planner(catalog: transcriber.catalog, options: PlannerOptions(day: day))
    let plan = try planner.plan(try await jobs(run.planned).map(\.planRequest))
    let sent = try await jobs(run.sent)
    let store = try RunStore(path: folder.path + "/runs.sqlite")
    var outcomes: [RequestOutcome] = []
    for entry in plan.entries {
      let document = try await transcriber.transcribe(sent[entry.position], in: store)
      let usage = try #require(document.usage)
      outcomes.append(
        RequestOutcome(order: entry.order, usage: usage, isComplete: document.isComplete)
      )
    }
    await emulator.stop()
    return Reconciliation(plan: plan, outcomes: outcomes)
  }

  @Test func aRunAsPlannedHitsAsPredictedAndReadsWell() async throws {
    var run = Run()
    run.prompts = ["transcribe", "transcribe-sources", "transcribe-evidence"]
    let result = try await reconcile(run)
    #expect(result.expectedHits == 2)
    #expect(result.achievedHits == 2)
    #expect(!result.findings.contains { $0.severity != .note }, "\(result.findings)")
    let lines = ReconciliationListing(reconciliation: result).lines
    for line in lines { print(line) }
    #expect(lines[0].hasPrefix(" cache hits: 2 predicted, 2 achieved · USD: "))
    for kind in ["video", "audio", "text", "input", "cached", "output"] {
      #expect(lines.contains { $0.hasPrefix("  \(kind) ") }, "\(kind)")
    }
  }

  @Test func aCacheThatForgotIsAnUnexpectedMiss() async throws {
    var run = Run()
    run.prompts = ["transcribe", "transcribe-sources"]
    run.options.implicitCacheSeconds = 0
    let result = try await reconcile(run)
    #expect(result.expectedHits == 1 && result.achievedHits == 0)
    #expect(result.findings.contains { $0.code == "cache-miss-unexpected" })
    #expect(result.lines[1].reasons.contains { $0.contains("expected from a cache and none came") })
  }

  @Test func aFrameRateThatTheServiceIgnoredIsProved() async throws {
    var run = Run()
    run.planned = { $0.fps = 0.2 }
    let result = try await reconcile(run)
    let finding = try #require(result.findings.first { $0.code == "knob-ignored" })
    #expect(finding.message.contains("fps 0.2 had no effect"))
  }

  @Test func aClipThatTheServiceIgnoredIsProved() async throws {
    var run = Run()
    run.planned = { $0.end = Timecode(milliseconds: 40_000) }
    let result = try await reconcile(run)
    let finding = try #require(result.findings.first { $0.code == "knob-ignored" })
    #expect(finding.message.contains("the clip had no effect: 00:40 were asked for"))
  }

  @Test func aLengthThatWasStatedWrongIsAnEstimateFarOff() async throws {
    var run = Run()
    run.source = "https://example.org/other.mp4"
    run.options.remoteDurationMS = 600_000
    run.planned = { $0.duration = Timecode(milliseconds: 120_000) }
    run.sent = run.planned
    let result = try await reconcile(run)
    let finding = try #require(result.findings.first { $0.code == "estimate-off" })
    #expect(finding.message.contains("most of it video"), "\(finding.message)")
  }
}
