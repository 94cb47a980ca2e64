import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RunStore
import TestSupport
import Testing

@testable import TabscribeCommands
@testable import Transcribing

/// A batch is a run whose requests travel by another carrier: what it gives is what the run gives.
@Suite(.serialized) struct BatchRunTests {
  /// Work of several sources, clips and passes.
  private static let work = [
    "talks", "https://example.org/panel.mp4", "--duration", "6:00", "--shard", "1m30", "-p",
    "transcribe", "--passes", "2",
  ]

  private func sample(_ change: (inout EmulatorOptions) -> Void = { _ in }) throws -> BatchSample {
    let sample = try BatchSample { options in
      options.remoteDurationMS = 360_000
      change(&options)
    }
    let folder = sample.folder.url.appending(path: "talks")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: sample.folder.url.appending(path: "talk.webm"),
      to: folder.appending(path: "talk.webm")
    )
    return sample
  }

  /// Fetches until nothing more is to come; returns the last call and how many it took.
  private func fetched(
    _ sample: BatchSample,
    _ id: String,
    _ more: [String] = []
  ) async throws -> (CommandRun, Int) {
    for count in 1...12 {
      let run = await sample.batch(["fetch", id, "-o", "out"] + more)
      if run.code != .incomplete { return (run, count) }
    }
    throw CancellationError()
  }

  /// What the same command line gives online, with a home of its own.
  private func transcribe(_ sample: BatchSample, _ words: [String]) async throws {
    let run = await CommandRun.tabscribe(
      ["transcribe", "-o", "online"] + words,
      in: sample.folder,
      environment: [
        "GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL, "GEMINI_API_KEY": "k",
        "TABSCRIBE_HOME": sample.folder.path + "/online-home",
      ]
    )
    #expect(run.code == .done, "\(run.errors)")
  }

  private func document(_ sample: BatchSample, _ path: String) throws -> JSONValue {
    try JSONValue(parsing: sample.folder.text(of: path))
  }

  private func expectSameAsOnline(_ sample: BatchSample) throws {
    for name in ["talk.json", "panel.json"] {
      let batch = try document(sample, "out/\(name)")
      let online = try document(sample, "online/\(name)")
      #expect(batch["tables"] == online["tables"], "\(name)")
      #expect(batch["segments"] == online["segments"] && batch["speakers"] == online["speakers"])
      #expect(batch["complete"] == true && online["complete"] == true)
      #expect(batch["segments"]?.array?.count ?? 0 > 15)
    }
  }

  @Test func clipsAndPassesGiveRowByRowWhatTheRunOnlineGives() async throws {
    let sample = try sample()
    let plan = await CommandRun.tabscribe(
      ["plan", "--json"] + Self.work,
      in: sample.folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    let submit = await sample.batch(["submit", "--json"] + Self.work)
    #expect(submit.code == .done, "\(submit.errors)")
    let batch = try #require(try submit.json["batches"]?[0])
    let id = try #require(batch["id"]?.string)
    // The price is that of both passes, to the last digit; asked are the clips first.
    let costs = try plan.json["total"]?["costUSD"]
    #expect(batch["costUSD"]?["batch"]?.rendered() == costs?["batch"]?.rendered())
    let clips = try #require(batch["requests"]?.int)
    #expect(try plan.json["total"]?["requests"]?.int == 2 * clips)
    let (last, count) = try await fetched(sample, id)
    #expect(last.code == .done && count > 1, "\(last.errors)")
    #expect(last.output.contains("\(2 * clips) of \(2 * clips) requests answered"))
    #expect(sample.emulator.log.answeredGenerationCount == 0)
    #expect(sample.count("POST", ":batchGenerateContent") == 2)
    try await transcribe(sample, Self.work)
    try expectSameAsOnline(sample)
    // The report finds its video from wherever it was fetched.
    let report = try sample.folder.text(of: "out/talk.html")
    #expect(report.contains(#"src="../talks/talk.webm""#))
    await sample.stop()
  }

  @Test func aFetchFromElsewhereFindsTheVideo() async throws {
    let sample = try sample()
    let id = try await sample.submitted(["talks", "-p", "transcribe"])
    let elsewhere = sample.folder.path + "/a/b"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    // What was submitted stands, whatever became of prompts and sources meanwhile.
    try FileManager.default.moveItem(
      atPath: sample.folder.path + "/talks",
      toPath: sample.folder.path + "/moved"
    )
    let fetch = await sample.batch(
      ["fetch", id, "--wait", "-o", elsewhere],
      in: try TemporaryFolder(),
      home: sample.folder
    )
    #expect(fetch.code == .done, "\(fetch.errors)")
    let report = try sample.folder.text(of: "a/b/talk.html")
    #expect(report.contains(#"src="../../talks/talk.webm""#))
    await sample.stop()
  }

  @Test func repliesThatAreCutGoOnInTheNextRound() async throws {
    let cut: (inout EmulatorOptions) -> Void = { options in
      var rule = Scenario.Rule(Fault(.maxTokens))
      rule.operations = [.batches]
      rule.times = 1
      options.scenario = Scenario(rules: [rule])
    }
    let sample = try sample(cut)
    let words = ["talks", "-p", "transcribe"]
    let id = try await sample.submitted(words)
    try await sample.waitForEnd(of: id)
    let next = await sample.batch("fetch", id, "-o", "out")
    #expect(next.code == .incomplete)
    #expect(next.output.contains("round 2 is submitted: 1 request"), "\(next.output)")
    let (last, _) = try await fetched(sample, id)
    #expect(last.code == .done, "\(last.output)\(last.errors)")
    let rows = try document(sample, "out/talk.json")["segments"]?.array?.count
    #expect(rows == 22)
    await sample.stop()
  }

  @Test func theRestCanBeSentOnline() async throws {
    let sample = try sample()
    let id = try await sample.submitted(Self.work)
    try await sample.waitForEnd(of: id)
    let fetch = await sample.batch("fetch", id, "-o", "out", "--online")
    #expect(fetch.code == .done, "\(fetch.errors)")
    // Only the second passes were left.
    let clips = try sample.store().batches(of: id).first?.requestCount
    #expect(sample.emulator.log.answeredGenerationCount == clips)
    #expect(sample.count("POST", ":batchGenerateContent") == 1)
    try await transcribe(sample, Self.work)
    try expectSameAsOnline(sample)
    await sample.stop()
  }

  @Test func aRoundThatWouldPassTheLimitIsNotSubmitted() async throws {
    let sample = try sample()
    let id = try await sample.submitted(Self.work + ["--cost-limit", "1"])
    try await sample.waitForEnd(of: id)
    let stopped = await sample.batch("fetch", id, "-o", "out", "--cost-limit", "0.0001")
    #expect(stopped.code == .limit, "\(stopped.output)\(stopped.errors)")
    #expect(stopped.output.contains("--cost-limit USD"))
    #expect(sample.count("POST", ":batchGenerateContent") == 1)
    let (last, _) = try await fetched(sample, id, ["--cost-limit", "1"])
    #expect(last.code == .done, "\(last.output)\(last.errors)")
    await sample.stop()
  }

  @Test func answersThatAreHereNeedNoService() async throws {
    let sample = try sample()
    let id = try await sample.submitted(["talks", "-p", "transcribe"])
    try await sample.waitForEnd(of: id)
    // As a fetch leaves it that was killed behind the download.
    let store = try sample.store()
    let transcriber = try TranscriptionSession.transcriber(
      GeminiConfiguration(apiKey: Secret("k"), baseURL: sample.emulator.baseURL),
      environment: [:]
    )
    let collection = BatchCollection(transcriber, store: store)
    let (batch, said) = try await collection.refresh(try #require(store.batches(of: id).last))
    _ = try await collection.fetch(batch, try #require(said))
    await sample.stop()
    let fetch = await sample.batch("fetch", id, "-o", "out")
    #expect(fetch.code == .done, "\(fetch.errors)")
    #expect(try document(sample, "out/talk.json")["segments"]?.array?.count == 22)
  }

  @Test func aKilledFetchLosesNothingAndOrdersNothingTwice() async throws {
    let sample = try sample()
    let id = try await sample.submitted(Self.work)
    try await sample.waitForEnd(of: id)
    for milliseconds in [40, 90, 160, 260, 400] {
      let process = Process()
      process.executableURL = URL(filePath: try ChildProcess.product("tabscribe"))
      process.arguments = ["batch", "fetch", id, "-o", "out", "--quiet"]
      process.currentDirectoryURL = sample.folder.url
      process.environment = [
        "HOME": sample.folder.path, "GEMINI_API_KEY": "k",
        "GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL,
      ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      try await Task.sleep(for: .milliseconds(milliseconds))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      // A round whose order was under way is gone on with, as it says itself.
      let resume = await sample.batch("submit", "--resume", id)
      #expect(resume.code == .done, "\(resume.errors)")
    }
    let (last, _) = try await fetched(sample, id)
    #expect(last.code == .done, "\(last.output)\(last.errors)")
    #expect(sample.count("POST", ":batchGenerateContent") == 2)
    #expect(sample.emulator.log.answeredGenerationCount == 0)
    try await transcribe(sample, Self.work)
    try expectSameAsOnline(sample)
    await sample.stop()
  }

  @Test func whatIsUnderWayOrDoneIsNotAskedTwice() async throws {
    let sample = try sample()
    let words = ["talks", "-p", "transcribe"]
    let id = try await sample.submitted(words)
    let twice = await sample.batch(["submit"] + words)
    #expect(twice.code == .failed && twice.errors.contains(id), "\(twice.errors)")
    let (last, _) = try await fetched(sample, id)
    #expect(last.code == .done)
    let again = await sample.batch(["submit"] + words + ["-p", "sounds"])
    #expect(again.code == .done && again.output.contains("1 request to"), "\(again.output)")
    #expect(again.errors.contains("1 of 2 done before"), "\(again.errors)")
    let all = await sample.batch(["submit"] + words)
    #expect(all.code == .done && all.errors.contains("1 of 1 done before"), "\(all.errors)")
    let forced = await sample.batch(["submit", "--force"] + words)
    #expect(forced.code == .done && forced.output.contains("1 request to"))
    await sample.stop()
  }

  @Test func aLedgerIsReadAndKeptUp() async throws {
    let sample = try sample()
    let id = try await sample.submitted(["talks", "-p", "transcribe", "--ledger", "known.json"])
    let (last, _) = try await fetched(sample, id)
    #expect(last.code == .done, "\(last.errors)")
    #expect(try sample.folder.text(of: "known.json").contains("Maëlle"))
    await sample.stop()
  }

  @Test func commandsAboutRunsSayHowABatchGoesOn() async throws {
    let sample = try sample()
    let id = try await sample.submitted(["talks", "-p", "transcribe"])
    let resume = await CommandRun.tabscribe(
      ["runs", "resume"],
      in: sample.folder,
      environment: ["GEMINI_API_KEY": "k"]
    )
    #expect(resume.code == .usage && resume.errors.contains("batch fetch \(id)"))
    let (last, _) = try await fetched(sample, id)
    #expect(last.code == .done, "\(last.errors)")
    try sample.folder.write("{}", to: "out/talk.json")
    let sent = sample.emulator.log.count
    let anew = await CommandRun.tabscribe(
      ["runs", "reparse", id],
      in: sample.folder,
      environment: ["GEMINI_API_KEY": "k"]
    )
    #expect(anew.code == .done, "\(anew.errors)")
    #expect(try document(sample, "out/talk.json")["segments"]?.array?.count == 22)
    #expect(sample.emulator.log.count == sent)
    await sample.stop()
  }

  /// The record of a batch as the first version kept it, of one submitted now.
  private func firstRecord(_ sample: BatchSample, _ id: String) throws -> JSONObject {
    let record = try sample.record(id)
    let round = try #require(record["batches"]?[0])
    var object: JSONObject = record["work"]?.object ?? [:]
    (object["speakers"], object["storage"]) = (nil, nil)
    object["schemaVersion"] = 1
    for (key, value) in [
      ("id", record["id"]), ("tool", record["tool"]), ("model", round["model"]),
      ("batch", round["batch"]), ("account", "a"), ("stage", "submitted"), ("media", []),
    ] { object[key] = value }
    object["submitted"] = round["submitted"]
    let items = (object["items"]?.array ?? []).enumerated().map { index, item -> JSONValue in
      var item = item.object ?? [:]
      (item["clips"], item["stem"]) = (nil, nil)
      item["key"] = .string(BatchedRequest.key(index))
      return .object(item)
    }
    object["items"] = .array(items)
    return object
  }

  @Test func aBatchOfTheFirstVersionIsFetched() async throws {
    let sample = try sample()
    let id = try await sample.submitted(["talks", "-p", "transcribe"])
    let record = try firstRecord(sample, id)
    try sample.store().deleteRun(id)
    let path = ".local/share/tabscribe/batches/\(id).json"
    try sample.folder.write(JSONValue.object(record).rendered(), to: path)
    let status = await sample.batch("status", id)
    #expect(status.code == .done && status.output.contains("1 request to"), "\(status.errors)")
    let (last, _) = try await fetched(sample, id)
    #expect(last.code == .done, "\(last.output)\(last.errors)")
    #expect(try document(sample, "out/talk.json")["segments"]?.array?.count == 22)
    #expect(!FileManager.default.fileExists(atPath: sample.folder.path + "/" + path))
    await sample.stop()
  }
}
