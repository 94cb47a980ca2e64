internal import CommandLineInterface
internal import Transcribing

/// `batch cancel`: stops a batch.
enum BatchCancelCommand {
  static let command = Command(
    "cancel",
    abstract: "Stop a batch",
    examples: [.init("tabscribe batch cancel ID", "what is answered already stays, and is billed")],
    operands: [BatchCommand.id],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    let record = try session.store.record(arguments[BatchCommand.id])
    guard record.name != nil else {
      throw CommandError(
        "The batch \(record.id) was not submitted, so there is nothing to cancel.",
        remedy: "Submit it with tabscribe batch submit --resume \(record.id), or leave it."
      )
    }
    let cancelled = try await session.collection(for: record).cancel(record)
    let batch = session.description(of: cancelled)
    if context.isJSON {
      context.print(json: batch.json)
    } else {
      context.print("\(record.id)  \(SafeText.line(batch.state))")
    }
    return .done
  }
}
