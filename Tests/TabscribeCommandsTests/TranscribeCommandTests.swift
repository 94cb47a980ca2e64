import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
import OrderedJSON
import RunStore
import Testing

@testable import TabscribeCommands

/// The main job, from the command line to the files, over real HTTP against the emulator.
@Suite struct TranscribeCommandTests {
  /// A folder with the sample in it.
  private func folderWithSample() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try Data(sample.bytes).write(to: folder.url.appending(path: "sample.webm"))
    return folder
  }

  /// Runs a command line against an emulator that stops afterwards.
  private func transcribe(
    _ arguments: [String],
    in folder: TemporaryFolder,
    key: String = "test-key",
    _ options: EmulatorOptions = EmulatorOptions()
  ) async throws -> (run: CommandRun, log: RequestLog) {
    let emulator = try GeminiEmulator.start(options)
    let run = await CommandRun.tabscribe(
      ["transcribe"] + arguments,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": key]
    )
    await emulator.stop()
    return (run, emulator.log)
  }

  private func document(
    _ folder: TemporaryFolder,
    _ name: String = "sample.json"
  ) throws
    -> JSONValue
  {
    try JSONValue(parsing: folder.text(of: name))
  }

  private static let reference = Result {
    let file = try #require(EmbeddedLibrary.sample.file(named: "sample.json"))
    return try JSONValue(parsing: file.bytes)
  }

  @Test(arguments: ["json", "tsv"]) func theSampleBecomesItsReference(
    _ encoding: String
  )
    async throws
  {
    let folder = try folderWithSample()
    let (run, _) = try await transcribe(["sample.webm", "--encoding", encoding], in: folder)
    #expect(run.code == .done, "\(run.errors)")
    #expect(folder.names == [".local", "sample.html", "sample.json", "sample.webm"])
    let reference = try Self.reference.get()
    let result = try document(folder)
    let rows = try #require(reference["task1_transcripts"]?.array).map { row in
      JSONValue.array(["start", "text", "voice"].map { row[$0] ?? .null })
    }
    #expect(result["tables"]?["transcripts"]?["rows"] == .array(rows))
    let speakers = try #require(reference["task2_speakers"]?.array).map { row in
      JSONValue.array(["voice", "name", "company", "position", "role"].map { row[$0] ?? .null })
    }
    #expect(result["tables"]?["speakers"]?["rows"] == .array(speakers))
    #expect(result["complete"] == true)
    #expect(result["segments"]?.array?.count == rows.count)
    #expect(try folder.text(of: "sample.html").contains("Maëlle Kervadec"))
  }

  @Test func bothEncodingsGiveTheSameTables() async throws {
    let folder = try folderWithSample()
    var tables: [JSONValue?] = []
    for encoding in ["json", "tsv"] {
      let arguments = ["sample.webm", "--encoding", encoding, "-f", "json", "--force"]
      let (run, _) = try await transcribe(arguments, in: folder)
      #expect(run.code == .done)
      tables.append(try document(folder)["tables"])
    }
    #expect(tables[0] != nil)
    #expect(tables[0] == tables[1])
  }

  @Test func aClipHoldsItsRowsInSourceTime() async throws {
    let folder = try folderWithSample()
    let arguments = ["sample.webm", "--start", "0:30", "--end", "1:00", "-f", "json"]
    let (run, _) = try await transcribe(arguments, in: folder)
    #expect(run.code == .done, "\(run.errors)")
    let starts = try #require(try document(folder)["segments"]?.array)
      .compactMap { $0["startMS"]?.int }
    #expect(!starts.isEmpty)
    #expect(starts.allSatisfy { (30_000..<60_000).contains($0) })
  }

  @Test func theReplyIsKeptAsItCame() async throws {
    let folder = try folderWithSample()
    let (run, _) = try await transcribe(["sample.webm"], in: folder)
    #expect(run.code == .done)
    let id = try #require(try document(folder)["run"]?["id"]?.string)
    let store = try RunStore(readingFrom: "\(folder.path)/.local/share/tabscribe/tabscribe.db")
    let request = try #require(try store.requests(of: store.resolveItem(id).id).first)
    let reply = String(decoding: try store.reply(of: request.id), as: UTF8.self)
    #expect(reply.hasPrefix("data: {"))
    #expect(reply.contains("finishReason"))
  }

  @Test func aCutReplyKeepsItsRowsAndSaysSo() async throws {
    let folder = try folderWithSample()
    var options = EmulatorOptions()
    options.scenario = Scenario(rules: [Scenario.Rule(Fault(.maxTokens, row: 5))])
    let (run, _) = try await transcribe(["sample.webm"], in: folder, options)
    #expect(run.code == .incomplete)
    #expect(run.errors.contains("output limit"))
    let result = try document(folder)
    #expect(result["complete"] == false)
    #expect((result["segments"]?.array?.count ?? 0) >= 4)
    let codes = result["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
    #expect(codes.contains("truncated"))
    #expect(try folder.text(of: "sample.html").contains("output limit"))
  }

  /// Ways in which the service may fail, and the code of the finding that tells.
  static let damages: [(Fault.Kind, String)] = [
    (.truncatedStream, "truncated"), (.resetBody, "truncated"), (.streamError, "truncated"),
    (.loop, "looped"), (.recitation, "blocked"), (.blockedPrompt, "blocked"),
  ]

  @Test(arguments: damages) func aDamagedReplyKeepsItsRows(
    _ kind: Fault.Kind,
    _ code: String
  )
    async throws
  {
    let folder = try folderWithSample()
    var options = EmulatorOptions()
    options.scenario = Scenario(rules: [Scenario.Rule(Fault(kind, row: 6))])
    let (run, _) = try await transcribe(["sample.webm", "-f", "json"], in: folder, options)
    #expect(run.code == .incomplete, "\(run.errors)")
    let result = try document(folder)
    #expect(result["complete"] == false)
    let codes = result["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
    #expect(codes.contains(code), "\(codes)")
    if kind != .blockedPrompt {
      let rows = try #require(result["tables"]?["transcripts"]?["rows"]?.array)
      let reference = try #require(Self.reference.get()["task1_transcripts"]?.array)
      #expect(rows.count >= 3)
      for (row, expected) in zip(rows.prefix(3), reference) {
        #expect(row[1] == expected["text"])
      }
    }
  }

  @Test(arguments: [Fault.Kind.quota, .unavailable, .emptyCandidates])
  func aPassingFaultIsRetriedUntilItSucceeds(_ kind: Fault.Kind) async throws {
    let folder = try folderWithSample()
    var options = EmulatorOptions()
    var rule = Scenario.Rule(Fault(kind, seconds: 0.2))
    rule.attempts = 1
    options.scenario = Scenario(rules: [rule])
    let (run, log) = try await transcribe(["sample.webm", "-f", "json"], in: folder, options)
    #expect(run.code == .done, "\(run.errors)")
    #expect(try document(folder)["segments"]?.array?.count == 22)
    #expect(log.answeredGenerationCount == 1)
  }

  @Test func theKeyIsWrittenNowhere() async throws {
    let folder = try folderWithSample()
    let key = "marked-key-5f0c"
    let (run, _) = try await transcribe(["sample.webm"], in: folder, key: key)
    let (dry, _) = try await transcribe(["sample.webm", "--dry-run"], in: folder, key: key)
    let (bad, _) = try await transcribe(
      ["sample.webm", "-m", "nope", "--no-estimate"],
      in: folder,
      key: key
    )
    for text in [run.output, run.errors, dry.output, dry.errors, bad.output, bad.errors] {
      #expect(!text.contains(key))
    }
    let files = FileManager.default.enumerator(at: folder.url, includingPropertiesForKeys: nil)
    let paths = files?.allObjects.compactMap { $0 as? URL } ?? []
    #expect(paths.count > 4)
    for path in paths where !path.hasDirectoryPath {
      #expect(try Data(contentsOf: path).range(of: Data(key.utf8)) == nil, "\(path)")
    }
  }

  @Test func aDryRunPrintsTheRequestAndSendsNothing() async throws {
    let folder = try TemporaryFolder()
    let (run, log) = try await transcribe(
      [
        "https://youtu.be/dQw4w9WgXcQ", "--start", "30:00", "--end", "50:00", "--fps", "2",
        "--media-resolution", "high", "--dry-run",
      ],
      in: folder
    )
    #expect(run.code == .done, "\(run.errors)")
    #expect(log.count == 0)
    #expect(folder.names.isEmpty)
    let request = try run.json["requests"]?[0]
    #expect(request?["method"] == "POST")
    #expect(request?["headers"]?["x-goog-api-key"] == "REDACTED")
    let part = request?["body"]?["contents"]?[0]?["parts"]?[0]
    #expect(part?["fileData"]?["fileUri"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    #expect(
      part?["videoMetadata"] == ["startOffset": "1800s", "endOffset": "3000s", "fps": 2]
    )
    let config = request?["body"]?["generationConfig"]
    #expect(config?["mediaResolution"] == "MEDIA_RESOLUTION_HIGH")
    #expect(config?["responseJsonSchema"]?["properties"]?["task1_transcripts"] != nil)
    #expect(!run.output.contains("x-role"))
  }

  @Test func severalSourcesAreAllDoneAndOneFailureDoesNotStopTheOthers() async throws {
    let folder = try folderWithSample()
    let (run, log) = try await transcribe(
      ["sample.webm", "https://example.com/a.mp4", "--duration", "98s", "--json", "-f", "json"],
      in: folder
    )
    #expect(run.code == .done, "\(run.errors)")
    #expect(try run.json["results"]?.array?.count == 2)
    #expect(log.answeredGenerationCount == 2)
    #expect(folder.names.contains("a.json"))
  }
}
