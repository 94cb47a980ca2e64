internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import Redacting
internal import Transcribing

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
  static func tell(
    _ run: String,
    items: Int,
    parts: Int,
    _ outcomes: [WorkOutcome],
    _ context: CommandContext
  ) {
    let (count, recordings) = (
      NumberText.counted(items, "item"), NumberText.counted(parts, "recording")
    )
    context.status.message("Enqueued: \(count) about \(recordings), run \(run).")
    context.status.message(
      "To do it, on any machine that has this store: tabscribe runs work \(run)"
    )
    guard context.isJSON else { return }
    context.print(
      json: [
        "run": .string(run), "items": JSONValue(items), "recordings": JSONValue(parts),
        "results": .array(outcomes.map(\.json)),
      ]
    )
  }
}
