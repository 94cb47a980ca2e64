internal import CommandLineInterface
internal import RunStore
internal import TranscriptionRuns

/// `runs reparse`: makes the results of a run anew from the replies that were kept.
enum RunsReparseCommand {
  private static let run = RequiredOperand(
    .run,
    help: "id of a run, its beginning, or last"
  )

  static let command = Command(
    "reparse",
    abstract: "Make results anew from the replies that were kept; nothing is sent",
    examples: [.init("tabscribe runs reparse last", "with this version's decoder")],
    discussion: "Sources and prompts must be where the run found them. Corrections stay.",
    operands: [run],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let summary = try RunsResumeCommand.summary(of: arguments[run], context)
    if try BatchSession.travels(summary, context) {
      return try await BatchReparse(BatchSession(arguments, context)).run(summary.id)
    }
    return try await EarlierRun(summary, isOffline: true)
      .takeUp(summary, program: arguments.program, context)
  }
}
