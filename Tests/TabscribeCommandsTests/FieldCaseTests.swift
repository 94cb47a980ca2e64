import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// What services and networks have been seen to send, played over real HTTP: nothing is lost,
/// nothing invented, nothing bought twice.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct FieldCaseTests {
  /// A case, how it is asked for, and what has to come of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var duration = "10m"
    var options: [String] = []
    var code = ExitCode.done
    var requests = 1
    var rows = 5
    /// A finding that has to be there.
    var finding: String?
    /// The tokens of all requests' prompts.
    var promptTokens: Int?
    var testDescription: String { name }
  }

  static let answered: [Case] = [
    Case(name: "inband-503-only", requests: 2),
    Case(name: "inband-503-after-rows", requests: 2),
    Case(name: "reset-after-headers", requests: 2), Case(name: "status-524", requests: 2),
    Case(name: "retry-delay-negative", requests: 2), Case(name: "json-array-stream"),
    Case(name: "stored-bom"), Case(name: "stored-keepalive"), Case(name: "surrogates-over-chunks"),
    Case(
      name: "tier-standard-for-flex",
      options: ["--service-tier", "flex"],
      finding: "other-tier"
    ),
    Case(name: "usage-overflow", finding: "bad-usage"),
    Case(name: "rows-and-error-in-one-read", duration: "60s", requests: 2, rows: 15),
    Case(name: "rows-and-error-in-two-reads", duration: "60s", requests: 2, rows: 15),
    Case(
      name: "answer-without-candidate",
      duration: "60s",
      requests: 2,
      rows: 15,
      promptTokens: 12_444
    ),
    Case(name: "complete-without-finish-reason", duration: "60s", rows: 15, finding: "truncated"),
    Case(name: "model-routed", duration: "60s", rows: 15, finding: "other-model"),
    Case(name: "empty-tables", code: .incomplete, rows: 0, finding: "no-rows"),
    Case(name: "no-times", code: .incomplete, rows: 5, finding: "no-times"),
  ]

  private static let source = "https://www.youtube.com/watch?v=0pJn3g8dfwk"

  private func transcribe(
    _ example: Case,
    _ service: FieldCase,
    _ folder: TemporaryFolder
  ) async
    -> CommandRun
  {
    await CommandRun.tabscribe(
      ["transcribe", Self.source, "--duration", example.duration, "-f", "json"] + example.options,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
  }

  private func document(_ folder: TemporaryFolder) throws -> JSONValue {
    try JSONValue(parsing: folder.text(of: "youtube-0pJn3g8dfwk.json"))
  }

  @Test(arguments: answered) func isAnsweredInFullAndReadAgainAlike(_ example: Case) async throws {
    let service = try FieldCase(example.name)
    defer { service.stop() }
    let folder = try TemporaryFolder()
    let run = await transcribe(example, service, folder)
    #expect(run.code == example.code, "\(run.errors)")
    #expect(service.requests.count == example.requests, "\(service.requests)")
    let first = try document(folder)
    #expect(first["segments"]?.array?.count == example.rows)
    let codes = first["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
    if let finding = example.finding { #expect(codes.contains(finding), "\(codes)") }
    #expect(!codes.contains("lost-character"))
    let rows = first["segments"]?.rendered() ?? ""
    #expect(!rows.contains("\u{FFFD}"))
    if let tokens = example.promptTokens {
      #expect(first["usage"]?["promptTokens"]?.int == tokens)
    }
    let count = service.requests.count
    let again = await CommandRun.tabscribe(
      ["runs", "reparse", "last"],
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
    #expect(again.code == example.code, "\(again.errors)")
    #expect(service.requests.count == count)
    let second = try document(folder)
    for member in ["tables", "segments", "usage", "cost"] {
      #expect(second[member] == first[member], "\(member)")
    }
    // What a run compares with its plan is no part of what the reply says.
    let ofThePlan: Set = ["estimate-off", "knob-ignored"]
    let seconds = second["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
    #expect(Set(seconds).subtracting(ofThePlan) == Set(codes).subtracting(ofThePlan))
  }

  @Test(arguments: answered.filter { $0.requests == 1 })
  func aSavedReplyHasTheSameTables(_ example: Case) async throws {
    let service = try FieldCase(example.name)
    defer { service.stop() }
    let folder = try TemporaryFolder()
    _ = await transcribe(example, service, folder)
    let saved = SharedFixtures.folder.appending(path: "fixtures/field/http/\(example.name)/1.body")
    let run = await CommandRun.tabscribe(
      ["tables", saved.path, "--duration", example.duration, "--json"],
      in: folder
    )
    #expect(run.code == example.code, "\(run.errors)")
    #expect(try run.json["tables"] == document(folder)["tables"])
  }

  @Test(arguments: [
    "prompt-media-url-quoted-var", "prompt-missing-partial", "prompt-without-media",
  ])
  func aPromptThatCannotWorkIsRefusedBeforeAnythingIsSent(_ name: String) async throws {
    let prompt = try SharedFixtures.text("fixtures/field/prompts/\(name)/mine.prompt")
    let service = try FieldCase(bodies: ["data: {}\n\n"])
    defer { service.stop() }
    let folder = try TemporaryFolder()
    try folder.write(prompt, to: "prompts/mine.prompt")
    let environment = ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    for arguments in [
      ["prompts", "lint", "mine", "--strict"],
      ["transcribe", Self.source, "--duration", "1m", "-p", "mine"],
      ["plan", Self.source, "--duration", "1m", "-p", "mine"],
    ] {
      let run = await CommandRun.tabscribe(arguments, in: folder, environment: environment)
      #expect(run.code != .done, "\(arguments)")
      #expect((run.output + run.errors).contains("mine"), "\(arguments)")
    }
    #expect(service.requests.isEmpty)
    #expect(folder.names == ["prompts"])
  }

  @Test func theCutOfAReadMakesNoDifference() async throws {
    var documents: [JSONValue] = []
    for name in ["rows-and-error-in-one-read", "rows-and-error-in-two-reads"] {
      let service = try FieldCase(name)
      defer { service.stop() }
      let folder = try TemporaryFolder()
      _ = await transcribe(Case(name: name, duration: "60s"), service, folder)
      documents.append(try document(folder))
    }
    for member in ["tables", "segments", "usage", "cost"] {
      #expect(documents[0][member] == documents[1][member], "\(member)")
    }
  }

  @Test func anErrorWrittenAsTextIsShown() async throws {
    let service = try FieldCase("error-as-string")
    defer { service.stop() }
    let run = await transcribe(Case(name: ""), service, try TemporaryFolder())
    #expect(run.code == .credentials)
    #expect(run.errors.contains("API key format is invalid"))
    #expect(service.requests.count == 1)
  }

  @Test func whatTheServiceWillNotWriteOutIsAskedForInSmallClipsAndThenLeft() async throws {
    let service = try FieldCase("recitation-half")
    defer { service.stop() }
    let folder = try TemporaryFolder()
    let run = await transcribe(Case(name: ""), service, folder)
    #expect(service.requests.count <= 20)
    let rows = try document(folder)["segments"]?.array ?? []
    #expect(rows.first?["text"]?.string == "Good evening everybody and welcome 😀 café.")
    let hint = run.errors.contains("runs resume")
    let before = service.requests.count
    _ = await CommandRun.tabscribe(
      ["runs", "resume", "last"],
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
    #expect(hint == (service.requests.count > before), "\(run.errors)")
  }

  @Test func aStoppedRunIsFoundAgainByItsAddressSignedAnew() async throws {
    let service = try FieldCase("recitation-half")
    defer { service.stop() }
    let folder = try TemporaryFolder()
    let environment = ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    for (date, more) in [("20260101T100000Z", []), ("20260102T110000Z", ["--resume"])] {
      let address =
        "https://b.s3.amazonaws.com/v.mp4?X-Amz-Date=\(date)&X-Amz-Signature=\(date)abcdef"
      _ = await CommandRun.tabscribe(
        ["transcribe", address, "--duration", "10m", "-f", "json"] + more,
        in: folder,
        environment: environment
      )
    }
    let runs = await CommandRun.tabscribe(
      ["runs", "list", "--json"],
      in: folder,
      environment: environment
    )
    #expect(try runs.json["runs"]?.array?.count == 1, "\(runs.output)")
  }

  @Test func aFileThatWasNotPreparedIsNamedWithTheServicesWords() async throws {
    let service = try FieldCase("file-failed-with-error")
    defer { service.stop() }
    let folder = try EmulatedRun.folderWithSample()
    let large = try EmulatedRun(folder: folder, emulator: .start(EmulatorOptions()), key: "")
    try large.writeLargeVideo("large.webm")
    await large.emulator.stop()
    let run = await CommandRun.tabscribe(
      ["transcribe", "large.webm", "-f", "json"],
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
    #expect(run.code == .failed)
    #expect(run.errors.contains("files/abc-1"))
    #expect(run.errors.contains("The file failed to be processed"))
    #expect(!run.errors.contains("HTTP"))
    #expect(!run.errors.contains("another model"))
  }

  @Test func aBatchThatFailedAsAWholeIsToldAndCanBeAskedAgain() async throws {
    let service = try FieldCase("batch-operation-error")
    defer { service.stop() }
    let folder = try EmulatedRun.folderWithSample()
    let submitted = await batch(
      ["submit", Self.source, "--duration", "60s", "--json"],
      service,
      folder
    )
    let id = try #require(try submitted.json["batches"]?[0]?["id"]?.string, "\(submitted.output)")
    let status = await batch(["status", id], service, folder)
    #expect(status.code == .done, "\(status.errors)")
    #expect(status.output.contains("failed"))
    #expect(status.output.contains("Internal error encountered."))
    let fetched = await batch(["fetch", id], service, folder)
    #expect(fetched.code == .failed)
    #expect(fetched.output.contains("batch submit --retry \(id)"))
    #expect(!fetched.output.contains("HTTP"))
  }

  @Test func theOneAnswerOfABatchBelongsToItsOneRequest() async throws {
    let service = try FieldCase("batch-answer-without-key")
    defer { service.stop() }
    let folder = try EmulatedRun.folderWithSample()
    let submitted = await batch(
      ["submit", Self.source, "--duration", "60s", "--json"],
      service,
      folder
    )
    let id = try #require(try submitted.json["batches"]?[0]?["id"]?.string, "\(submitted.output)")
    let fetched = await batch(["fetch", id], service, folder)
    #expect(
      fetched.output.contains("1 of 1 request answered"),
      "\(fetched.output)\(fetched.errors)"
    )
    #expect(folder.names.contains("youtube-0pJn3g8dfwk.json"))
  }

  private func batch(
    _ arguments: [String],
    _ service: FieldCase,
    _ folder: TemporaryFolder
  ) async
    -> CommandRun
  {
    await CommandRun.tabscribe(
      ["batch"] + arguments,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
  }
}

/// The same kinds, in small versions of our own.
@Suite struct ServiceCaseTests {
  private static let rows =
    #"{\"task1_transcripts\": [{\"start\": \"00:01\", \"text\": \"One.\", \"voice\": 1}, "#
    + #"{\"start\": \"00:09\", \"text\": \"Two.\", \"voice\": 1}, "#
  private static let rest =
    #"{\"start\": \"00:20\", \"text\": \"Three.\", \"voice\": 1}], "#
    + #"\"task2_speakers\": [{\"voice\": 1, \"name\": \"?\", \"company\": \"?\", "#
    + #"\"position\": \"?\", \"role\": \"?\"}]}"#

  private static func chunk(_ text: String, _ reason: String? = nil, usage: String = "") -> String {
    let end = reason.map { #", "finishReason": "\#($0)""# } ?? ""
    let counts = usage.isEmpty ? #"{"promptTokenCount": 100, "candidatesTokenCount": 9}"# : usage
    return #"{"candidates": [{"content": {"parts": [{"text": "\#(text)"}]}\#(end)}], "#
      + #""usageMetadata": \#(counts)}"#
  }

  private static func event(_ json: String) -> String { "data: \(json)\n\n" }

  private static let whole = event(chunk(rows + rest, "STOP"))
  private static let overload = event(
    #"{"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}"#
  )

  private func transcribe(
    _ bodies: [String],
    _ options: [String] = []
  ) async throws -> (CommandRun, JSONValue?, FieldCase) {
    let service = try FieldCase(bodies: bodies)
    defer { service.stop() }
    let folder = try TemporaryFolder()
    let run = await CommandRun.tabscribe(
      ["transcribe", "https://youtu.be/0pJn3g8dfwk", "--duration", "30s", "-f", "json"] + options,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
    let text = try? folder.text(of: "youtube-0pJn3g8dfwk.json")
    return (run, try text.map { try JSONValue(parsing: $0) }, service)
  }

  @Test func anOverloadToldInsideAnAnswerIsRetried() async throws {
    let (run, document, service) = try await transcribe([Self.overload, Self.whole])
    #expect(run.code == .done, "\(run.errors)")
    #expect(document?["segments"]?.array?.count == 3)
    #expect(service.requests.count == 2)
  }

  @Test func rowsBeforeAnErrorAreKeptAndBothRequestsAreBilled() async throws {
    let first = Self.event(Self.chunk(Self.rows)) + Self.overload
    let (run, document, _) = try await transcribe([first, Self.whole])
    #expect(run.code == .done, "\(run.errors)")
    #expect(document?["segments"]?.array?.count == 3)
    #expect(document?["usage"]?["promptTokens"]?.int == 200)
  }

  @Test func aClosedDocumentIsNotBoughtAgain() async throws {
    let (run, document, service) = try await transcribe([
      Self.event(Self.chunk(Self.rows + Self.rest))
    ])
    #expect(run.code == .done, "\(run.errors)")
    #expect(document?["segments"]?.array?.count == 3)
    #expect(service.requests.count == 1)
  }

  @Test func answersWithoutAWordAreAskedForTwiceMoreAndCounted() async throws {
    let empty = Self.event(#"{"usageMetadata": {"promptTokenCount": 100}}"#)
    let (run, document, service) = try await transcribe([empty])
    #expect(run.code == .incomplete, "\(run.errors)")
    #expect(service.requests.count == 3)
    #expect(document?["usage"]?["promptTokens"]?.int == 300)
    #expect(run.errors.contains("runs resume"))
  }

  @Test func countsThatCannotBeRightAreNeverBilled() async throws {
    let usage = #"{"promptTokenCount": -5, "candidatesTokenCount": 9223372036854775807}"#
    let (run, document, _) = try await transcribe([
      Self.event(Self.chunk(Self.rows + Self.rest, "STOP", usage: usage))
    ])
    #expect(run.code == .done, "\(run.errors)")
    let codes = document?["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
    #expect(codes.contains("bad-usage"))
    #expect(document?["cost"] != nil)
    #expect(document?["cost"]?["billed"] == nil)
  }

  @Test func theLimitHoldsForWhatIsAskedOn() async throws {
    let usage = #"{"promptTokenCount": 900000, "candidatesTokenCount": 9}"#
    let cut = Self.event(Self.chunk(Self.rows, "MAX_TOKENS", usage: usage))
    let (run, document, service) = try await transcribe([cut], ["--cost-limit", "0.40"])
    #expect(run.code == .limit, "\(run.errors)")
    #expect(service.requests.count == 1)
    #expect(document?["segments"]?.array?.count == 2)
  }

  @Test func aTableThatCameWithAnotherRequestIsNoErrorAnyMore() async throws {
    let last =
      #"{\"task1_transcripts\": [{\"start\": \"00:09\", \"text\": \"Two.\", \"voice\": 1}, "#
      + #"{\"start\": \"00:28\", \"text\": \"Three.\", \"voice\": 1}]}"#
    let speakers =
      #"{\"task1_speakers\": [{\"voice\": 1, \"name\": \"Ada Lovelace\", "#
      + #"\"company\": \"?\", \"position\": \"?\", \"role\": \"?\"}]}"#
    let (run, document, service) = try await transcribe(
      [
        Self.event(Self.chunk(Self.rows, "MAX_TOKENS")), Self.event(Self.chunk(last, "STOP")),
        Self.event(Self.chunk(speakers, "STOP")),
      ],
      ["-p", "transcribe"]
    )
    let findings = document?["findings"]?.array ?? []
    #expect(service.requests.count >= 3, "\(run.errors)")
    let names = document?["speakers"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(names.contains("Ada Lovelace"))
    #expect(findings.contains { $0["code"] == "missing-table" })
    #expect(!findings.contains { $0["code"] == "missing-table" && $0["severity"] != "note" })
  }

  @Test func wordsThatAreRefusedAreLeftAndTheRestIsThere() async throws {
    let refused = Self.event(Self.chunk(Self.rows, "RECITATION"))
    let nothing = Self.event(
      #"{"candidates": [{"finishReason": "RECITATION", "finishMessage": "A song."}]}"#
    )
    let (run, document, service) = try await transcribe([refused, nothing, nothing])
    #expect(run.code == .incomplete, "\(run.errors)")
    #expect(document?["segments"]?.array?.count == 2)
    #expect(service.requests.count <= 10)
    #expect(!run.errors.contains("runs resume"))
    let messages = document?["findings"]?.array?.compactMap { $0["message"]?.string } ?? []
    #expect(messages.contains { $0.contains("A song") })
  }

  @Test func aPageInPlaceOfAnAnswerIsCalledOne() async throws {
    let page =
      "<!doctype html><html><head><style>a {b: c}</style><title>Airport Login</title></head>"
    let (run, _, _) = try await transcribe([page])
    #expect(run.errors.contains("captive portal"))
    #expect(run.errors.contains("Airport Login"))
  }
}
