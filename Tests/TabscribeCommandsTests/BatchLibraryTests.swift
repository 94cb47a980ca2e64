import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RequestPlanning
import RunStore
import TestSupport
import Testing
import Transcribing
import TranscriptModel
import TranscriptionRuns

@testable import TabscribeCommands

/// Batches by way of the library: large ones, whose requests go as a file, and killed ones.
@Suite(.serialized) struct BatchLibraryTests {
  private func snapshot(_ context: CommandContext) throws -> PromptSnapshot {
    let lookup = PromptLookup(context.workplace)
    let item = try lookup.prompts.item("transcribe")
    return try PromptSnapshot(
      name: item.name,
      title: item.name,
      text: item.text,
      environment: lookup.environment
    )
  }

  @Test func manyRequestsGoAndComeBackAsFiles() async throws {
    let folder = try TemporaryFolder()
    var service = EmulatorOptions()
    service.batchPolls = 1
    service.rows = 3
    let emulator = try GeminiEmulator.start(service)
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
    let snapshot = try snapshot(context)
    let prompt = try snapshot.prompt()
    var settings = RequestSettings()
    settings.duration = Timecode(milliseconds: 60_000)
    var work: [PreparedTranscription] = []
    for number in 0..<80 {
      let source = try VideoSource(parsing: "https://example.org/\(number).mp4")
      work.append(try await transcriber.prepare(source, prompt: prompt, settings: settings))
    }
    let store = try RunStore(path: folder.path + "/runs.db")
    var options = RunOptions()
    options.carrier = .batch(retriesFailures: false)
    let run = try transcriber.begin(work, in: store, options: options)
    let orders = await run.execute().orders
    #expect(orders.count == 80 && emulator.log.count == 0)
    let requests = folder.path + "/batches"
    let submission = BatchSubmission(transcriber, store: store, folder: requests, inlineLimit: 0)
    let noted = try submission.note(orders, of: run.id, storage: nil, cost: nil)
    let batch = try await submission.submit(noted, of: orders.work)
    #expect(try FileManager.default.contentsOfDirectory(atPath: requests).isEmpty)
    let collection = BatchCollection(transcriber, store: store)
    let (ended, said) = try await collection.refresh(batch)
    #expect(ended.isFinal)
    let fetched = try await collection.fetch(ended, try #require(said))
    _ = try collection.settle(fetched, of: orders.work)
    let report = try await transcriber.resume(run.id, work, in: store, options: options).execute()
    #expect(report.orders.isEmpty && report.observations.count == 80)
    let stems = report.outcomes.map { outcome in
      if case .finished(let item, _) = outcome, item.outline.isComplete {
        item.outline.source.stem
      } else {
        ""
      }
    }
    #expect(stems == (0..<80).map(String.init))
    #expect(emulator.log.entries.count { $0.path.contains(":download") } == 1)
    await emulator.stop()
  }

  @Test func aProcessKilledWhileItUploadsIsResumed() async throws {
    let sample = try BatchSample { options in
      var rule = Scenario.Rule(Fault(.hang, seconds: 60))
      rule.operations = [.upload]
      rule.times = 1
      options.scenario = Scenario(rules: [rule])
    }
    let process = Process()
    process.executableURL = URL(filePath: try ChildProcess.product("tabscribe"))
    process.arguments = ["batch", "submit", "talk.webm"]
    process.currentDirectoryURL = sample.folder.url
    process.environment = [
      "HOME": sample.folder.path, "GEMINI_API_KEY": "k",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL,
    ]
    try process.run()
    let path = "\(sample.folder.path)/.local/share/tabscribe/tabscribe.db"
    var ids: [String] = []
    for _ in 0..<600 where ids.isEmpty {
      try await Task.sleep(for: .milliseconds(50))
      guard let store = try? RunStore(readingFrom: path) else { continue }
      ids = try store.batchRuns().filter { try !store.batches(of: $0).isEmpty }
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let id = try #require(ids.first)
    #expect(sample.count("POST", ":batchGenerateContent") == 0)
    let resume = await sample.batch("submit", "--resume", id)
    #expect(resume.code == .done, "\(resume.errors)")
    try await sample.waitForEnd(of: id)
    let fetch = await sample.batch("fetch", id, "-f", "json")
    #expect(fetch.code == .done, "\(fetch.errors)")
    #expect(sample.count("POST", ":batchGenerateContent") == 1)
    await sample.stop()
  }
}
