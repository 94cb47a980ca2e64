internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptionRuns

/// `runs backup`: a copy of the store.
enum RunsBackupCommand {
  private static let file = RequiredOperand(.file(), help: "where to; nothing may be there yet")

  static let command = Command(
    "backup",
    abstract: "Copy all runs to a file, also while others are being made",
    examples: [
      .init("tabscribe runs backup runs-2026-11-20.db", "a whole copy, consistent in itself")
    ],
    discussion: "To go back to a copy, put it in the place that tabscribe runs path prints.",
    operands: [file],
    options: [],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let path = context.absolutePath(arguments[file])
    try UserStore(context).reading().backup(to: path)
    if context.isJSON {
      context.print(json: ["path": .string(path)])
    } else {
      context.status.message("Copied all runs to \(SafeText.line(arguments[file])).")
    }
    return .done
  }
}
