internal import CommandLineInterface
internal import RunStore
internal import TranscriptionRuns

/// `runs resume`: takes up a run that was stopped.
enum RunsResumeCommand {
  private static let run = OptionalOperand(
    .run,
    help: "id of a run, its beginning, or last (the default)"
  )

  static let command = Command(
    "resume",
    abstract: "Take up a run that was stopped; nothing answered is sent again",
    examples: [
      .init("tabscribe runs resume", "the newest run"),
      .init("tabscribe runs resume 20261120T1015", "a run by the beginning of its id"),
      .init("tabscribe runs resume --cost-limit 2", "one that stopped at its limit"),
    ],
    discussion: "The command line of the run is carried out again in its folder: what is complete "
      + "is left out, what was answered is read from the store, only the rest is sent. Of a run that is enqueued, "
      + "what failed or is incomplete is put back for workers, and this is one.",
    operands: [run],
    options: [OptionGroup("Service", [TranscriptionOptions.costLimit])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let summary = try summary(of: arguments[run] ?? "last", context)
    if summary.workers != nil {
      return try await RunsWorkCommand.resume(
        summary.id,
        costLimit: arguments[TranscriptionOptions.costLimit],
        program: arguments.program,
        context
      )
    }
    var earlier = EarlierRun(summary)
    // What it has cost before counts; a higher limit lets a run go on that stopped at its own.
    earlier.costLimit = arguments[TranscriptionOptions.costLimit] ?? earlier.costLimit
    return
      try await earlier
      .takeUp(summary, program: arguments.program, context)
  }

  /// The run of a reference.
  ///
  /// - Throws: `RunStoreError` for a run that is not there or not the only one.
  static func summary(
    of reference: String,
    _ context: CommandContext
  ) throws -> RunSummary {
    let store = try UserStore(context).reading()
    let id = try store.resolveRun(reference)
    guard let run = try store.run(id) else {
      throw CommandError(
        "The run \(id) was deleted a moment ago.",
        remedy: "tabscribe runs list shows what there is."
      )
    }
    return run.summary
  }
}
