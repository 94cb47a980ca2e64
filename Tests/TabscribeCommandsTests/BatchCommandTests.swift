import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RequestPlanning
import RunStore
import Testing

@testable import TabscribeCommands
@testable import Transcribing

/// Batches from the command line to the files, over real HTTP against the emulator.
@Suite(.serialized) struct BatchCommandTests {
  /// The service fails to answer so many requests inside batches.
  private static func failing(_ times: Int) -> (inout EmulatorOptions) -> Void {
    { options in
      var rule = Scenario.Rule(Fault(.internalError))
      rule.operations = [.batches]
      rule.times = times
      options.scenario = Scenario(rules: [rule])
    }
  }

  private func rows(_ text: String) throws -> JSONValue? {
    try JSONValue(parsing: text)["tables"]?["transcripts"]?["rows"]
  }

  /// The rows that `transcribe` writes of the sample.
  private func transcribedRows(_ sample: BatchSample) async throws -> JSONValue? {
    let run = await CommandRun.tabscribe(
      ["transcribe", "talk.webm", "-f", "json", "-o", "online"],
      in: sample.folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    #expect(run.code == .done, "\(run.errors)")
    return try rows(sample.folder.text(of: "online/talk.json"))
  }

  @Test func submitStatusAndFetchGiveWhatTranscribeGives() async throws {
    let sample = try BatchSample { $0.batchPolls = 2 }
    let submit = await sample.batch("submit", "talk.webm", "-p", "transcribe", "-p", "sounds")
    #expect(submit.code == .done, "\(submit.errors)")
    #expect(submit.output.contains("2 requests to gemini-3.5-flash-lite"))
    #expect(submit.output.contains("online)") && submit.output.contains("answers due by 20"))
    #expect(sample.count("POST", "/upload/v1beta/files") >= 1)
    let list = await sample.batch("status", "--json")
    let batch = try #require(try list.json["batches"]?[0])
    let id = try #require(batch["id"]?.string)
    let costs = try #require(batch["costUSD"])
    #expect(costs["batch"]?.double ?? 9 < costs["online"]?.double ?? 0)
    let early = await sample.batch("fetch", id)
    #expect(early.code == .incomplete || early.code == .done)
    try await sample.waitForEnd(of: id)
    let fetch = await sample.batch("fetch", id, "--force")
    #expect(fetch.code == .done, "\(fetch.errors)")
    #expect(fetch.output.contains("2 of 2 requests answered"))
    let names = ["talk-sounds.html", "talk-sounds.json", "talk-transcribe.html"]
    #expect(Set(names).isSubset(of: sample.folder.names))
    let text = try sample.folder.text(of: "talk-transcribe.json")
    let expected = try await transcribedRows(sample)
    #expect(try rows(text) == expected)
    #expect(expected?.array?.count == 22)
    let document = try JSONValue(parsing: text)
    #expect(document["complete"] == true)
    let prices = ["estimatedLow", "billed", "estimatedHigh"].compactMap { key in
      document["cost"]?[key]?.string.flatMap(Double.init)
    }
    #expect(prices.count == 3 && prices == prices.sorted())
    #expect(prices[2] < costs["online"]?.double ?? 0)
    // The run store knows the results, too.
    let environment = ["GEMINI_API_KEY": "k"]
    let runs = await CommandRun.tabscribe(
      ["runs", "show", id, "--json"],
      in: sample.folder,
      environment: environment
    )
    #expect(runs.code == .done, "\(runs.errors)")
    #expect(runs.output.contains("talk-sounds.json"))
    let found = await CommandRun.tabscribe(
      ["search", "Maëlle"],
      in: sample.folder,
      environment: environment
    )
    #expect(found.code == .done && !found.output.isEmpty, "\(found.errors)")
    await sample.stop()
  }

  @Test func listsAndFoldersStandForTheirSources() async throws {
    let sample = try BatchSample()
    try sample.folder.write("source,prompt\r\ntalk.webm,sounds\r\n", to: "list.csv")
    for (source, name) in [("list.csv", "sounds"), (".", "transcribe")] {
      let submit = await sample.batch("submit", source, "--json")
      #expect(submit.code == .done, "\(submit.errors)")
      let id = try #require(try submit.json["batches"]?[0]?["id"]?.string)
      let record = try sample.folder.text(of: sample.path(id))
      #expect(record.contains("talk.webm") && record.contains(name))
    }
    await sample.stop()
  }

  @Test func aRunningBatchIsNoFailureButIncomplete() async throws {
    let sample = try BatchSample { $0.batchPolls = 50 }
    let id = try await sample.submitted(["talk.webm"])
    let run = await sample.batch("fetch", id)
    #expect(run.code == .incomplete)
    #expect(run.output.contains("running; answers are due by"))
    #expect(!sample.folder.names.contains("talk.json"))
    let runs = await CommandRun.tabscribe(["runs", "list"], in: sample.folder)
    #expect(runs.output.contains("waiting"), "\(runs.output)")
    let cancel = await sample.batch("cancel", id)
    #expect(cancel.code == .done, "\(cancel.errors)")
    #expect(cancel.output.contains("cancelled"))
    // A batch that was cancelled before anything was answered has failed.
    let rest = await sample.batch("fetch", id, "--json")
    #expect(rest.code == .failed)
    #expect(try rest.json["missing"]?.array?.count == 1)
    await sample.stop()
  }

  @Test func aTierIsToldToHaveNoEffect() async throws {
    let sample = try BatchSample()
    let submit = await sample.batch("submit", "talk.webm", "--service-tier", "flex")
    #expect(submit.code == .done, "\(submit.errors)")
    #expect(submit.errors.contains("--service-tier has no effect"))
    await sample.stop()
  }

  @Test func partialFailuresAreKeptListedAndAskedAgainAlone() async throws {
    let sample = try BatchSample(Self.failing(1))
    let id = try await sample.submitted()
    try await sample.waitForEnd(of: id)
    let fetch = await sample.batch("fetch", id, "--json", "-f", "json")
    #expect(fetch.code == .incomplete)
    #expect(try fetch.json["results"]?.array?.count == 1)
    let missing = try #require(try fetch.json["missing"]?[0])
    #expect(missing["source"]?.string == "talk.webm")
    #expect(missing["error"]?.string?.isEmpty == false)
    // The answers stay as they came, the failure among them.
    let store = try sample.store()
    let answers = try store.run(id)?.items.flatMap { try store.requests(of: $0.id) } ?? []
    #expect(answers.count == 2 && answers.allSatisfy { $0.replySize > 0 })
    let retry = await sample.batch("submit", "--retry", id, "--json")
    #expect(retry.code == .done, "\(retry.errors)")
    let again = try #require(try retry.json["batches"]?[0])
    #expect(again["requests"]?.int == 1)
    // It is a further round of the same batch, whose results stay together.
    #expect(again["retryOf"]?.string == id && again["round"] == 2)
    let second = try #require(again["id"]?.string)
    #expect(second == id)
    try await sample.waitForEnd(of: second)
    let rest = await sample.batch("fetch", second, "-f", "json")
    #expect(rest.code == .done, "\(rest.errors)")
    #expect(Set(["talk-sounds.json", "talk-transcribe.json"]).isSubset(of: sample.folder.names))
    // The video was sent once for both batches.
    #expect(sample.emulator.log.entries.count { $0.path == "/upload/v1beta/files" } <= 3)
    let none = await sample.batch("submit", "--retry", second)
    #expect(none.code == .usage)
    await sample.stop()
  }

  /// What a crash leaves behind, by the step after which it came.
  static let crashes: [(StoredBatch.Stage, Int)] = [(.noted, 2), (.creating, 1)]

  @Test(arguments: crashes) func aKilledSubmissionGoesOnWithoutDoingAnythingTwice(
    _ step: StoredBatch.Stage,
    _ batches: Int
  ) async throws {
    let sample = try BatchSample()
    let id = try await sample.submitted(["talk.webm"])
    try sample.change(id) { ($0.stage, $0.name, $0.submittedAt) = (step, nil, nil) }
    let early = await sample.batch("fetch", id)
    #expect(early.code == .failed)
    #expect(early.errors.contains("--resume \(id)"))
    let uploads = sample.count("POST", "/upload/v1beta/files")
    let resume = await sample.batch("submit", "--resume", id)
    #expect(resume.code == .done, "\(resume.errors)")
    #expect(sample.count("POST", "/upload/v1beta/files") == uploads, "sent again after \(step)")
    #expect(sample.count("POST", ":batchGenerateContent") == batches, "ordered again after \(step)")
    try await sample.waitForEnd(of: id)
    let fetch = await sample.batch("fetch", id, "-f", "json")
    #expect(fetch.code == .done, "\(fetch.errors)")
    await sample.stop()
  }

  @Test func aRefusedOrderCanBeResumed() async throws {
    let sample = try BatchSample()
    let refused = await sample.batch("submit", "talk.webm", "-m", "gemini-99", "--no-estimate")
    #expect(refused.code == .failed)
    #expect(refused.errors.contains("--resume"))
    let unknown = await sample.batch("submit", "talk.webm", "-m", "gemini-99")
    #expect(unknown.code == .usage)
    #expect(unknown.errors.contains("--no-estimate"))
    let dear = await sample.batch("submit", "talk.webm", "--cost-limit", "0.000001")
    #expect(dear.code == .limit)
    #expect(sample.count("POST", ":batchGenerateContent") == 1)
    await sample.stop()
  }

  /// Before, a batch asked about all of a source at once, and only warned.
  @Test func aSourceTooLongForARequestIsCutIntoClips() async throws {
    let sample = try BatchSample()
    let arguments = ["https://youtu.be/dQw4w9WgXcQ", "--duration", "9:00:00", "--json"]
    let run = await sample.batch(["submit"] + arguments)
    #expect(run.code == .done && !run.errors.contains("of what the model takes"), "\(run.errors)")
    #expect(try run.json["batches"]?[0]?["requests"]?.int ?? 0 > 1)
    await sample.stop()
  }

  @Test func anotherMachineFetchesWithACopyOfTheRecord() async throws {
    let sample = try BatchSample()
    let id = try await sample.submitted(["talk.webm"])
    let other = try TemporaryFolder()
    try other.write(try sample.folder.text(of: sample.path(id)), to: "copy.json")
    let wrong = await sample.batch("fetch", "another", "--from", "copy.json", in: other)
    #expect(wrong.code == .usage)
    let wait = await sample.batch(
      "fetch",
      id,
      "--from",
      "copy.json",
      "--wait",
      "-f",
      "json",
      in: other
    )
    #expect(wait.code == .done, "\(wait.errors)")
    #expect(other.names.contains("talk.json"))
    // A second time nothing is asked and nothing replaced.
    let count = sample.emulator.log.count
    let again = await sample.batch("fetch", id, "-f", "json", in: other)
    #expect(again.code == .done, "\(again.errors)")
    #expect(sample.emulator.log.count == count)
    await sample.stop()
  }

  @Test func aLateBatchIsStoppedAndFinishedOnline() async throws {
    let sample = try BatchSample { $0.batchPolls = 1000 }
    let id = try await sample.submitted(["talk.webm"])
    try sample.change(id) { $0.submittedAt = Date(timeIntervalSinceNow: -25 * 3600) }
    let late = await sample.batch("fetch", id)
    #expect(late.code == .incomplete)
    #expect(late.output.contains("overdue") && late.errors.contains("--online"))
    let dear = await sample.batch("fetch", id, "--online", "--cost-limit", "0.000001")
    #expect(dear.code == .limit)
    #expect(sample.emulator.log.answeredGenerationCount == 0)
    let fetch = await sample.batch("fetch", id, "--online", "-f", "json")
    #expect(fetch.code == .done, "\(fetch.errors)")
    #expect(fetch.errors.contains("Sending 1 request online for about"))
    #expect(sample.count("POST", ":cancel") == 1)
    #expect(try rows(sample.folder.text(of: "talk.json"))?.array?.count == 22)
    await sample.stop()
  }

  @Test func agentPlatformReadsAndWritesCloudStorage() async throws {
    let sample = try BatchSample(Self.failing(1))
    let nowhere = await sample.platformBatch("submit", "talk.webm")
    #expect(nowhere.code == .usage)
    #expect(nowhere.errors.contains("--storage gs://"))
    let submit = await sample.platformBatch(
      "submit",
      "talk.webm",
      "-p",
      "transcribe",
      "-p",
      "sounds",
      "--storage",
      "gs://bucket/batches",
      "--json"
    )
    #expect(submit.code == .done, "\(submit.errors) \(submit.output)")
    let id = try #require(try submit.json["batches"]?[0]?["id"]?.string)
    for _ in 0..<3 { _ = await sample.platformBatch("status", id) }
    let fetch = await sample.platformBatch("fetch", id, "--json", "-f", "json")
    #expect(fetch.code == .incomplete, "\(fetch.errors) \(fetch.output)")
    #expect(try fetch.json["results"]?.array?.count == 1)
    #expect(try fetch.json["missing"]?.array?.count == 1)
    let retry = await sample.platformBatch("submit", "--retry", id, "--json")
    #expect(retry.code == .done, "\(retry.errors) \(retry.output)")
    let second = try #require(try retry.json["batches"]?[0]?["id"]?.string)
    for _ in 0..<3 { _ = await sample.platformBatch("status", second) }
    let rest = await sample.platformBatch("fetch", second, "-f", "json")
    #expect(rest.code == .done, "\(rest.errors)")
    #expect(try rows(sample.folder.text(of: "talk-transcribe.json"))?.array?.count == 22)
    await sample.stop()
  }

  private func transcriber(_ sample: BatchSample) throws -> Transcriber {
    try TranscriptionSession.transcriber(
      GeminiConfiguration(apiKey: Secret("k"), baseURL: sample.emulator.baseURL),
      environment: [:]
    )
  }

  @Test func aRecordIsReadAsItWasWrittenAndDamageIsAnError() async throws {
    let sample = try BatchSample()
    let arguments = [
      "talk.webm", "-p", "transcribe", "-p", "sounds", "--end", "0:50", "--fps", "0.5",
      "--param", "favor=recall", "--encoding", "tsv",
    ]
    let id = try await sample.submitted(arguments)
    let json = try sample.record(id)
    let other = try TemporaryFolder()
    let store = try RunStore(path: "\(other.path)/copy.db")
    let session = try transcriber(sample)
    try PortableBatch(json: json).put(into: store, session)
    let copy = try PortableBatch(BatchRun(id, in: store), in: store).json
    // Told in a word, since a failure would print both.
    let isSame = copy == json
    #expect(isSame)
    let object = try #require(json.object)
    for key in object.keys {
      var damaged = object
      damaged[key] = nil
      let isOptional = ["started", "arguments", "workingFolder", "estimates", "standIns"]
        .contains(key)
      let fresh = try RunStore(path: "\(other.path)/\(key).db")
      let isRead = (try? PortableBatch(json: .object(damaged)).put(into: fresh, session)) != nil
      #expect(isRead == isOptional, "\(key)")
      damaged[key] = "?"
      _ = try? PortableBatch(json: .object(damaged)).put(into: fresh, session)
    }
    await sample.stop()
  }

  @Test(arguments: [
    (["status", "../../etc/passwd"], "No batch"), (["fetch", "nope"], "No batch"),
    (["cancel", "nope"], "No batch"), (["submit"], "one of the three"),
    (["submit", "talk.webm", "--retry", "x"], "one of the three"),
    (["fetch", "x", "--from", "talk.webm"], "no record of a batch"),
    (["fetch", "x", "--from", "damaged.json"], "is damaged"),
  ])
  func whatCannotBeDoneIsExplained(_ arguments: [String], _ says: String) async throws {
    let sample = try BatchSample()
    try sample.folder.write(#"{"schemaVersion": 1, "id": "x"}"#, to: "damaged.json")
    let run = await CommandRun.tabscribe(
      ["batch"] + arguments,
      in: sample.folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    #expect(run.code != .done)
    #expect(run.errors.contains(says), "\(run.errors)")
    #expect(sample.emulator.log.count == 0)
    await sample.stop()
  }
}
