internal import CommandLineInterface
internal import PlainText
internal import Transcribing
internal import TranscriptionRuns

/// `batch cancel`: stops a batch.
enum BatchCancelCommand {
  static let command = Command(
    "cancel",
    abstract: "Stop a batch",
    examples: [.init("tabscribe batch cancel ID", "what is answered already stays, and is billed")],
    operands: [BatchCommand.id],
    options: [OptionGroup("Sending", [TranscriptionOptions.verbose])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    let batch = try session.desk.batch(arguments[BatchCommand.id])
    guard let last = batch.last, last.isSubmitted else {
      throw CommandError(
        "The batch \(batch.id) was not submitted, so there is nothing to cancel.",
        remedy: "Submit it with tabscribe batch submit --resume \(batch.id), or leave it."
      )
    }
    _ = try await session.collection(for: batch).cancel(last)
    let described = session.description(of: try session.desk.batch(batch.id))
    if context.isJSON {
      context.print(json: described.json)
    } else {
      context.print("\(batch.id)  \(SafeText.line(described.state))")
    }
    return .done
  }
}
