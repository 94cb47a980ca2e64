internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import Transcribing
internal import TranscriptModel

/// `transcribe`: the main job.
enum TranscribeCommand {
  private static let sources = RepeatedOperand(
    .text("SOURCE", completion: .files),
    help: "video or audio: a file, an https or YouTube address, gs://, files/ID"
  )
  private static let jobs = ValueOption(
    "jobs",
    short: "j",
    .integer("N", in: 1...64),
    help: "sources at a time (default 4)"
  )
  private static let dryRun = Flag(
    "dry-run",
    help: "print the exact HTTP requests and send nothing"
  )

  static let command = Command(
    "transcribe",
    abstract: "Transcribe videos: what was said, when, and by whom",
    examples: [
      .init("tabscribe transcribe talk.mp4", "writes talk.html and talk.json"),
      .init("tabscribe transcribe talk.mp4 --start 30:00 --end 50:00", "a part of it"),
    ],
    operands: [sources],
    options: TranscriptionOptions.groups(prompt: TranscriptionOptions.prompt)
      + [
        OutputOptions.group, OptionGroup("Sending", [jobs, dryRun] + TranscriptionOptions.sending),
      ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let prepared = try await prepare(arguments, context)
    if arguments[dryRun] {
      try printRequests(prepared.jobs, of: prepared.transcriber, context)
      return .done
    }
    try prepared.transcriber.client.requireCredentials()
    let writer = try writer(arguments, context)
    try writer.folder.checkFree(prepared.jobs.flatMap { writer.names(stem: $0.source.stem) })
    let runner = TranscriptionRunner(
      transcriber: prepared.transcriber,
      writer: writer,
      context: context
    )
    return await runner.run(prepared.jobs, atOnce: arguments[jobs] ?? 4)
  }

  /// Prepares every source before any is sent, so that a mistake costs nothing.
  private static func prepare(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> (transcriber: Transcriber, jobs: [PreparedTranscription]) {
    let settings = try Settings(arguments, context)
    let transcription = try TranscriptionOptions.transcriptionSettings(settings, context)
    let transcriber = try TranscriptionSession.transcriber(settings)
    let name = try settings.value(of: TranscriptionOptions.prompt) ?? "transcribe"
    let prompt = try PromptLookup(context).extractionPrompt(name)
    var jobs: [PreparedTranscription] = []
    for spelling in arguments[sources] {
      jobs.append(
        try await transcriber.prepare(
          try context.videoSource(spelling),
          shownAs: context.shownPath(spelling),
          prompt: prompt,
          settings: transcription
        )
      )
    }
    for notice in Set(jobs.flatMap(\.notices)).sorted() { context.status.message(notice) }
    try checkStems(jobs)
    return (transcriber, jobs)
  }

  /// Two sources must not write the same files.
  private static func checkStems(_ jobs: [PreparedTranscription]) throws {
    var seen: [String: String] = [:]
    for job in jobs {
      if let other = seen.updateValue(job.source.uri, forKey: FileStem.cleaned(job.source.stem)) {
        throw CommandError.usage(
          "\(SafeText.quoted(other)) and \(SafeText.quoted(job.source.uri)) would write the same "
            + "files.",
          remedy: "Transcribe them into different folders with --output-dir."
        )
      }
    }
  }

  private static func writer(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> ResultWriter {
    var formats: [ResultFormat] = []
    for format in arguments[OutputOptions.formats] where !formats.contains(format) {
      formats.append(format)
    }
    return ResultWriter(
      folder: try OutputFolder(
        arguments[OutputOptions.folder] ?? ".",
        force: arguments[OutputOptions.force],
        in: context
      ),
      formats: formats.isEmpty ? ResultFormat.allCases : formats
    )
  }

  private static func printRequests(
    _ jobs: [PreparedTranscription],
    of transcriber: Transcriber,
    _ context: CommandContext
  ) throws {
    let requests = try jobs.flatMap { try transcriber.httpRequests(for: $0) }
    context.print(json: ["requests": .array(requests.map(\.redactedJSON))])
  }
}
