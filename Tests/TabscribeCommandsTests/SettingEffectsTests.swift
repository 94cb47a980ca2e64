import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import RunStore
import Testing

@testable import TabscribeCommands

/// What each option of `transcribe` changes, and what it must not: one row for each.
///
/// An option without a row fails, and so does one whose effect on anything is another than its row
/// says. Who adds an option says here what it is part of.
@Suite struct SettingEffectsTests {
  /// What an option may change.
  enum Surface: String, CaseIterable {
    /// Whether work is the same that was done before.
    case identity
    /// What `plan` says of requests, tokens and money.
    case plan
    /// What `--dry-run` shows and the service gets.
    case request
    /// What the store keeps of the run and its item.
    case record
    /// What is in `STEM.json`, but for ids and moments.
    case document
    /// Whether `batch submit` takes it.
    case batch
  }

  struct Row {
    /// The option's long name.
    let name: String
    /// The words that set it to something unusual.
    let words: [String]
    /// The source, with what is said of it.
    var source: [String]
    /// What has to be said beside it, so that it can have an effect.
    var beside: [String] = []
    let changes: Set<Surface>
    /// Whether its use sends anything.
    var isSent = true

    init(
      _ name: String,
      _ words: String...,
      source: [String] = SettingEffectsTests.source,
      beside: [String] = [],
      changes: Set<Surface>,
      isSent: Bool = true
    ) {
      (self.name, self.words, self.source, self.beside) = (name, words, source, beside)
      (self.changes, self.isSent) = (changes, isSent)
    }
  }

  /// What is another request, and so other work with another result.
  private static let asked: Set<Surface> = [.identity, .plan, .request, .record, .document]
  /// Batches are asked the same.
  private static let everywhere = asked.union([.batch])
  private static let platform = ["--backend", "agent-platform", "--project", "p"]

  static let rows: [Row] = [
    Row("prompt", "-p", "sounds", changes: everywhere),
    Row("param", "--param", "favor=recall", changes: everywhere),
    Row("context", "--context", "notes.txt", changes: everywhere),
    Row("model", "-m", "gemini-3.1-flash-lite", changes: everywhere),
    Row("encoding", "--encoding", "tsv", changes: everywhere),
    Row("thinking-level", "--thinking-level", "high", changes: everywhere),
    Row("start", "--start", "1:00", changes: everywhere),
    Row("end", "--end", "5:00", changes: everywhere),
    // A length that is only said is for us, to plan and to know what is missing.
    Row("duration", "--duration", "6:00", changes: everywhere.subtracting([.request])),
    Row("fps", "--fps", "2", changes: everywhere),
    Row("media-resolution", "--media-resolution", "high", changes: everywhere),
    Row("layers", "--layers", "audio", changes: everywhere),
    Row("audio-only", "--audio-only", source: ["sample.webm"], changes: everywhere),
    // A batch carries neither.
    Row("channels", "--channels", source: ["stereo.wav"], changes: asked),
    Row("native", "--native", source: ["sample.webm"], changes: asked),
    // A run of its own asks it; the tests of it look at that.
    Row(
      "detect-language",
      "--detect-language",
      "auto",
      changes: [.plan, .request],
      isSent: false
    ),
    Row("processing", "--processing", "agentic", changes: everywhere),
    // How times are read, not what is asked.
    Row(
      "timebase",
      "--timebase",
      "source",
      changes: everywhere.subtracting([.request, .plan])
    ),
    Row("shard", "--shard", "2m", changes: everywhere),
    Row("overlap", "--overlap", "10", beside: ["--shard", "2m"], changes: everywhere),
    Row("passes", "--passes", "2", beside: ["-p", "transcribe"], changes: everywhere),
    // What gaps there are shows only in the first replies.
    Row("fill-gaps", "--fill-gaps", changes: everywhere.subtracting([.request])),
    // So does whose name is missing.
    Row("sharpen", "--sharpen", changes: everywhere.subtracting([.request])),
    Row(
      "backend",
      "--backend",
      "agent-platform",
      "--project",
      "p",
      changes: everywhere.subtracting([.record])
    ),
    // Whose bill it is on, and where it is served, makes no other work; caches are not shared.
    Row("project", "--project", "q", beside: platform, changes: [.plan, .request, .batch]),
    Row("location", "--location", "eu", beside: platform, changes: [.plan, .request, .batch]),
    // Another way to the same answer.
    Row("api", "--api", "interactions", changes: [.request, .record, .batch]),
    Row(
      "service-tier",
      "--service-tier",
      "flex",
      changes: everywhere.subtracting([.identity])
    ),
    Row("cost-limit", "--cost-limit", "5", changes: [.record, .batch]),
    Row("output-dir", "-o", "out/deep", changes: []),
    // A browser that a test would open is none of the surfaces.
    Row("open", "--open", changes: [], isSent: false),
    // A run of its own asks the recipes; the tests of derive look at it.
    Row("then", "--then", "chapters", changes: [], isSent: false),
    Row("name", "--name", "{stem}-{prompt}", changes: [.batch]),
    Row("format", "-f", "srt", changes: []),
    Row("force", "--force", changes: [.batch]),
    Row("ledger", "--ledger", "known.json", changes: [.batch]),
    Row("jobs", "-j", "1", changes: []),
    Row("resume", "--resume", changes: []),
    Row("max-failures", "--max-failures", "1", changes: []),
    Row("no-continue", "--no-continue", changes: []),
    // It is about local files.
    Row("no-check-time", "--no-check-time", changes: []),
    Row("align", "--align", changes: []),
    Row(
      "cache",
      "--cache",
      "always",
      beside: ["-p", "transcribe", "-p", "transcribe-sources"],
      changes: [.plan, .request, .record, .document]
    ),
    Row("no-estimate", "--no-estimate", changes: [.batch]),
    Row("dry-run", "--dry-run", changes: [], isSent: false),
    // Workers ask the same; the tests of shared work look at them.
    Row("enqueue", "--enqueue", changes: [], isSent: false),
    Row("record", "--record", "tape", changes: []),
    Row("verbose", "--verbose", changes: [.batch]),
    // The result says that it comes from a recording.
    Row("replay", "--replay", "tape", changes: [.document]),
  ]

  /// What is said and kept of one command line.
  private struct Outcome {
    var parts: [Surface: JSONValue] = [:]
    /// What taking the run up again sent.
    var resent = 0
  }

  static let source = ["https://example.org/talk.mp4", "--duration", "7:00"]

  private func outcome(
    _ words: [String],
    _ source: [String],
    of emulator: GeminiEmulator,
    isSent: Bool
  ) async throws -> Outcome {
    let folder = try EmulatedRun.folderWithSample()
    try folder.write("A talk about orbits.", to: "notes.txt")
    try folder.write(bytes: SoundFile.wave(seconds: 3, channels: 2), to: "stereo.wav")
    let host = String(emulator.baseURL.dropFirst("http://".count))
    let environment = [
      "GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": "k",
      "GOOGLE_VERTEX_BASE_URL": emulator.baseURL, "GCE_METADATA_HOST": host,
    ]
    func tabscribe(_ arguments: [String]) async -> CommandRun {
      await CommandRun.tabscribe(arguments, in: folder, environment: environment)
    }
    let words = source + words
    if words.contains("--replay") {
      let tape = await tabscribe(
        ["transcribe"] + Self.source + ["--record", "tape", "-o", "taped"]
      )
      #expect(tape.code == .done, "\(tape.errors)")
    }
    var outcome = Outcome()
    let plan = await tabscribe(["plan", "--json"] + words)
    if plan.code == .done { outcome.parts[.plan] = try plan.json }
    outcome.parts[.request] = try await tabscribe(["transcribe", "--dry-run"] + words).json
    guard isSent else { return outcome }
    let run = await tabscribe(["transcribe", "-f", "json", "-o", "out"] + words)
    #expect(run.code == .done, "\(words): \(run.errors)")
    let written = run.errors.split(whereSeparator: \.isWhitespace).first { $0.hasSuffix(".json") }
    let file = try #require(written.map(String.init), "\(words): \(run.errors)")
    outcome.parts[.document] = Self.lasting(try JSONValue(parsing: folder.text(of: file)))
    let store = try RunStore(readingFrom: "\(folder.path)/.local/share/tabscribe/tabscribe.db")
    let stored = try #require(try store.runs().first.flatMap { try store.run($0.id) })
    let item = try #require(stored.items.first)
    outcome.parts[.identity] = .string(item.item.identity)
    outcome.parts[.record] = [
      "model": .string(item.item.model), "prompt": .string(item.promptDigest),
      "schema": .string(item.item.schema.text), "config": item.item.config,
      "settings": item.item.settings,
      "costLimit": stored.summary.costLimit.map { .string("\($0)") } ?? nil,
    ]
    let sent = emulator.log.answeredGenerationCount
    // A recording is of one conversation.
    guard !words.contains("--record") else { return outcome }
    let resumed = await tabscribe(["runs", "resume"])
    #expect(resumed.code == .done, "\(words): \(resumed.errors)")
    #expect(!resumed.errors.contains("has changed"), "\(words): \(resumed.errors)")
    outcome.resent = emulator.log.answeredGenerationCount - sent
    return outcome
  }

  /// A document without what no two runs share.
  private static func lasting(_ document: JSONValue) -> JSONValue {
    var object = document.object ?? [:]
    var run = object["run"]?.object ?? [:]
    (run["id"], run["startedAt"]) = (nil, nil)
    object["run"] = .object(run)
    return .object(object)
  }

  @Test func everyOptionChangesWhatItsRowSaysAndNothingElse() async throws {
    var options = EmulatorOptions()
    options.rows = 12
    options.remoteDurationMS = 420_000
    options.implicitCacheSeconds = 0
    let emulator = try GeminiEmulator.start(options)
    let batch = try TabscribeProgram.program.parse(["batch", "submit", "a"])
    let declared = try TabscribeProgram.program.parse(["transcribe", "a"])
    var usual: [[String]: Outcome] = [:]
    for row in Self.rows {
      let known = usual[row.source + row.beside]
      let plain: Outcome
      if let known {
        plain = known
      } else {
        plain = try await outcome(row.beside, row.source, of: emulator, isSent: true)
      }
      usual[row.source + row.beside] = plain
      let set = try await outcome(
        row.beside + row.words,
        row.source,
        of: emulator,
        isSent: row.isSent
      )
      var changed = Set(
        Surface.allCases.filter { surface in
          guard let value = set.parts[surface] else { return false }
          return value != plain.parts[surface]
        }
      )
      // What batch submit calls so goes on with a submission.
      if row.name != "resume", batch.declares(row.name) { changed.insert(.batch) }
      #expect(declared.declares(row.name), "\(row.name) is no option")
      let differs = changed.symmetricDifference(row.changes).map(\.rawValue).sorted()
      #expect(differs.isEmpty, "\(row.name) changes otherwise than its row says")
      #expect(set.resent == 0, "\(row.name)")
    }
    await emulator.stop()
  }

  /// What `batch submit` hands in: the digests of its requests.
  private func orders(_ words: [String], of emulator: GeminiEmulator) async throws -> [String] {
    let folder = try EmulatedRun.folderWithSample()
    try folder.write("A talk about orbits.", to: "notes.txt")
    let run = await CommandRun.tabscribe(
      ["batch", "submit"] + words,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    #expect(run.code == .done, "\(words): \(run.errors)")
    let store = try RunStore(readingFrom: "\(folder.path)/.local/share/tabscribe/tabscribe.db")
    let batches = try store.batchRuns().flatMap { try store.batches(of: $0) }
    return try batches.flatMap { try store.requests(in: $0.id) }.map(\.request.bodyDigest)
  }

  /// A batch travels by an interface, a place and at a price of its own, which change no request; what a
  /// second pass asks, a later round hands in.
  @Test func aBatchHandsInWhatWouldBeSent() async throws {
    var options = EmulatorOptions()
    options.remoteDurationMS = 420_000
    let emulator = try GeminiEmulator.start(options)
    var usual: [[String]: [String]] = [:]
    let own = ["backend", "project", "location", "api", "service-tier", "passes"]
    for row in Self.rows where row.changes.contains(.batch) && !own.contains(row.name) {
      let plain = row.source + row.beside
      if usual[plain] == nil { usual[plain] = try await orders(plain, of: emulator) }
      let handedIn = try await orders(plain + row.words, of: emulator)
      #expect(!handedIn.isEmpty)
      let changes = handedIn != usual[plain]
      #expect(changes == row.changes.contains(.request), "\(row.name)")
    }
    await emulator.stop()
  }

  @Test func everyOptionHasOneRow() {
    let options = TranscribeCommand.command.optionGroups.flatMap(\.options).map(\.name)
    #expect(options.sorted() == Self.rows.map(\.name).sorted())
  }
}

extension ParsedArguments {
  /// Whether the command has an option of a long name.
  fileprivate func declares(_ name: String) -> Bool {
    declares(Flag(name, help: ""))
  }
}
