import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RequestPlanning
import TestSupport
import Testing
import Transcribing
import TranscriptModel

@testable import TabscribeCommands

/// Batches by way of the library: large ones, whose requests go as a file, and killed ones.
@Suite(.serialized) struct BatchLibraryTests {
  private func snapshot(_ context: CommandContext) throws -> PromptSnapshot {
    let lookup = PromptLookup(context)
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
    var options = EmulatorOptions()
    options.batchPolls = 1
    options.rows = 3
    let emulator = try GeminiEmulator.start(options)
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
    var jobs: [(prepared: PreparedTranscription, snapshot: PromptSnapshot)] = []
    for number in 0..<500 {
      let source = try VideoSource(parsing: "https://example.org/\(number).mp4")
      let job = try await transcriber.prepare(source, prompt: prompt, settings: settings)
      jobs.append((job, snapshot))
    }
    let store = BatchStore(folder: folder.path + "/batches")
    let submission = BatchSubmission(transcriber, store: store, inlineLimit: 0)
    let record = try await submission.submit(transcriber.batch(of: jobs, cost: nil))
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder).count == 1)
    let collection = BatchCollection(transcriber, store: store)
    let (ended, batch) = try await collection.refresh(try store.record(record.id))
    #expect(ended.isFinal)
    let fetched = try await collection.fetch(ended, try #require(batch))
    var stems: [String] = []
    let done = try collection.documents(of: fetched) { item, document in
      #expect(document.isComplete && document.source == item.prepared.source)
      stems.append(document.source.stem)
      return []
    }
    #expect(done.missing.isEmpty)
    #expect(stems == (0..<500).map(String.init))
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
    let batches = sample.folder.url.appending(path: ".local/share/tabscribe/batches")
    var ids: [String] = []
    for _ in 0..<600 where ids.isEmpty {
      try await Task.sleep(for: .milliseconds(50))
      let names = try? FileManager.default.contentsOfDirectory(atPath: batches.path)
      ids = (names ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
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
