internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import Redacting
internal import Transcribing
internal import TranscriptionRuns

/// `transcribe --enqueue`: what is to be done is noted for workers, and nothing is sent.
enum WorkQueueing {
  static let flag = Flag("enqueue", help: "note it for tabscribe runs work; send nothing")

  /// Refuses what cannot be noted for workers, before anything is looked at.
  static func check(
    _ arguments: ParsedArguments,
    _ settings: Settings,
    _ context: CommandContext
  ) throws {
    let atOnce = [
      ("resume", settings.isSet(RunSettings.resumes)),
      ("open", settings.isSet(OutputOptions.opens)),
      ("then", try settings.value(of: DeriveCommand.then) != nil),
      ("detect-language", try settings.value(of: LanguageDetection.option) != nil),
      ("record", try settings.folder(of: TranscriptionOptions.record) != nil),
      ("replay", try settings.folder(of: TranscriptionOptions.replay) != nil),
    ]
    if let (other, _) = atOnce.first(where: \.1) {
      throw CommandError.usage(
        "--enqueue sends nothing, and --\(other) is about what is sent at once.",
        remedy: "Give one of them."
      )
    }
    let words = arguments.storedWords(context)
    guard !words.contains(where: { $0.contains(Redaction.placeholder) }) else {
      throw CommandError.usage(
        "A signed address cannot be enqueued: its signature is not kept, and workers could not open "
          + "it.",
        remedy: "Transcribe it without --enqueue."
      )
    }
  }

  /// Says what was noted, and how it is done.
  static func show(
    _ enqueued: RunSession.Enqueued,
    hasRefused: Bool,
    _ context: CommandContext
  ) -> ExitCode {
    guard let (run, parts) = enqueued.run else {
      return RunEnding(outcomes: enqueued.outcomes).show(context)
    }
    let (count, recordings) = (
      NumberText.counted(enqueued.items, "item"), NumberText.counted(parts, "recording")
    )
    context.status.message("Enqueued: \(count) about \(recordings), run \(run).")
    context.status.message(
      "To do it, on any machine that has this store: tabscribe runs work \(run)"
    )
    if context.isJSON {
      context.print(
        json: [
          "run": .string(run), "items": JSONValue(enqueued.items),
          "recordings": JSONValue(parts), "results": .array(enqueued.outcomes.map(\.json)),
        ]
      )
    }
    return hasRefused ? .incomplete : .done
  }
}
