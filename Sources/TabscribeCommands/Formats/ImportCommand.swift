internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptImport
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `import`: transcripts of other programs into the run store.
enum ImportCommand {
  private static let files = RepeatedOperand(
    ValueReader<String>.file("FILE"),
    help: "transcripts of other programs; tabscribe help imports lists the formats"
  )
  private static let media = ValueOption(
    "media",
    .text("SOURCE", completion: .files),
    help: "the recording: a file or an address (default: the one of the same stem beside FILE)"
  )
  private static let charset = ValueOption(
    "charset",
    .text("NAME"),
    help: "the encoding, as windows-1252 (default: told by the content)"
  )
  private static let force = Flag("force", help: "import again what is there already")

  static let command = Command(
    "import",
    abstract: "Take in transcripts of other programs",
    examples: [
      .init("tabscribe import talk.srt", "then report, search, compare, score, correct, export"),
      .init("tabscribe import *.vtt --json", "several, as one run"),
      .init("tabscribe import apollo.txt --media apollo.mp3", "and what it is of"),
    ],
    discussion: """
      Formats are told by content, whatever the file's name. What was left out or mended is said. The \
      transcripts are a run like any other: reports and exports take its id, or last.
      """,
    operands: [files],
    options: [OptionGroup("What", [media, charset, force])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let names = arguments[files]
    if let recording = arguments[media], names.count > 1 {
      throw CommandError.usage(
        "--media \(SafeText.line(recording)) is one recording, and \(names.count) files are given.",
        remedy: "Import them one by one, or put each recording beside its transcript."
      )
    }
    let store = try UserStore(context).opened()
    var session = ImportSession(store: store, context: context, isForced: arguments[force])
    for name in names {
      do {
        let file = try await ImportedFile(
          name,
          media: arguments[media],
          charset: arguments[charset],
          context.workplace
        )
        try session.add(file, arguments)
      } catch  where names.count > 1 {
        session.refuse(name, error)
      }
    }
    return try session.finish()
  }
}

/// Puts imported transcripts into one run.
private struct ImportSession {
  let store: RunStore
  let context: CommandContext
  let isForced: Bool
  private var run: String?
  private var results: [JSONValue] = []
  private var count = 0
  private var refusedCount = 0
  private var emptyCount = 0

  init(store: RunStore, context: CommandContext, isForced: Bool) {
    self.store = store
    self.context = context
    self.isForced = isForced
  }

  mutating func add(_ file: consuming ImportedFile, _ arguments: ParsedArguments) throws {
    let rows = file.transcript.document?.transcript.segments.count ?? file.transcript.rows.count
    guard rows > 0 else {
      throw CommandError(
        "\(SafeText.quoted(file.spelling)) has not one row (read as \(file.transcript.format)).",
        remedy: "Check that this is the file you mean."
      )
    }
    if !isForced, let known = try store.completeItem(identity: file.identity) {
      let name = try store.run(known.run)?.items.count == 1 ? known.run : known.reference
      context.status.message(
        "\(SafeText.quoted(file.spelling)) is there already, as \(name); --force imports it again."
      )
      return note(file, known.item.source, name, known.segmentCount, known.speakerCount)
    }
    let began = context.now()
    let id = try run ?? begin(began, arguments)
    run = id
    count += 1
    let item = try store.add(file.item(count), to: id)
    let document = file.takeDocument("\(id).\(count)", at: MomentText.exact(began))
    try store.saveImported(
      document,
      status: document.isComplete ? .complete : .partial,
      carriesCorrections: document.corrections.isEmpty,
      for: item
    )
    if !document.corrections.isEmpty {
      try store.setCorrections(document.corrections.map { StoredCorrection($0) }, of: item)
    }
    tellWhatWasMended(file)
    note(
      file,
      file.source,
      "\(id).\(count)",
      document.transcript.segments.count,
      document.transcript.speakers.count
    )
  }

  private func begin(_ date: Date, _ arguments: ParsedArguments) throws -> String {
    let id = RunIdentifier.make(date)
    try store.begin(
      NewRun(
        id: id,
        startedAt: date,
        tool: TabscribeProgram.tool,
        arguments: arguments.storedWords(context),
        workingFolder: context.workingFolder
      )
    )
    return id
  }

  mutating func refuse(_ name: String, _ error: any Error) {
    refusedCount += 1
    let message = ErrorExplanation.commandError(error).message
    context.status.warning(message)
    results.append(["file": .string(name), "error": .string(message)])
  }

  private func tellWhatWasMended(_ file: ImportedFile) {
    let transcript = file.transcript
    let shown = SafeText.line(file.spelling)
    if let charset = transcript.charset, charset != "UTF-8" {
      context.status.message("\(shown): read as \(charset).")
    }
    for note in transcript.notes { context.status.warning("\(shown): \(note).") }
  }

  private mutating func note(
    _ file: ImportedFile,
    _ source: StoredSource,
    _ name: String,
    _ rows: Int,
    _ speakers: Int
  ) {
    let transcript = file.transcript
    let shown = SafeText.line(file.spelling)
    let media = source.kind == TranscriptDocument.importedKind ? nil : source.uri
    results.append([
      "file": .string(file.spelling),
      "transcript": .string(name),
      "format": .string(transcript.format),
      "charset": transcript.charset.map { .string($0) } ?? .null,
      "media": media.map { .string($0) } ?? .null,
      "rows": .init(rows),
      "speakers": .init(speakers),
      "notes": .array(transcript.notes.map { .string($0) }),
    ])
    guard !context.isJSON else { return }
    let counts = [(rows, "row"), (speakers, "speaker")].map { count, name in
      NumberText.counted(count, name)
    }.joined(separator: ", ")
    let recording = media.map { ", of \(SafeText.line($0))" } ?? ""
    context.print(
      "\(context.style.green("✓")) \(shown): \(transcript.format), \(counts)\(recording) → \(name)"
    )
  }

  func finish() throws -> ExitCode {
    if let run { try store.finishRun(run, .finished) }
    if context.isJSON {
      context.print(
        json: [
          "run": run.map { .string($0) } ?? .null,
          "results": .array(results),
        ]
      )
    } else if let run {
      context.status.message("To see it: tabscribe report \(run)")
    }
    if refusedCount == 0 { return .done }
    return refusedCount == results.count ? .failed : .incomplete
  }
}
