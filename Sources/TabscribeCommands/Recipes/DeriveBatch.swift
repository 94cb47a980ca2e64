internal import CommandLineInterface
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

/// Recipes that are handed in as a batch; `batch fetch` brings their tables into the transcripts.
struct DeriveBatch {
  private let arguments: ParsedArguments
  private let session: BatchSession

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    self.arguments = arguments
    session = try BatchSession(arguments, context)
  }

  /// Refuses options that would have no effect.
  static func check(_ arguments: ParsedArguments, _ settings: Settings) throws {
    guard arguments[DeriveCommand.byBatch] else {
      guard !arguments.isGiven(BatchSubmitCommand.storage) else {
        throw CommandError.usage("--storage is for batches.", remedy: "Give --batch, too.")
      }
      return
    }
    let online: [any CommandOption] = [
      RunSettings.jobs, RunSettings.resumes, RunSettings.maxFailures, RunSettings.noContinue,
      TranscribeCommand.dryRun, TranscriptionOptions.record, TranscriptionOptions.replay,
    ]
    guard !arguments.isGiven(DeriveCommand.csv) else {
      throw CommandError.usage(
        "--to-csv has no effect on a batch, whose answers are still to come.",
        remedy:
          "Give the command again without --batch once batch fetch has brought them; nothing is "
          + "sent twice. Nothing was sent."
      )
    }
    guard let idle = online.first(where: arguments.isGiven) else { return }
    throw CommandError.usage(
      "--\(idle.declaration.name) has no effect on a batch.",
      remedy: "Leave it or --batch out. batch submit --resume ID goes on with handing one in, "
        + "batch status ID says how far it is. Nothing was sent."
    )
  }

  /// Hands in what was neither done before nor asked by another batch.
  func run(_ prepared: PreparedWork, by transcriber: Transcriber) async throws -> ExitCode {
    let settings = session.settings
    let isUnpriced = arguments[PlanningOptions.noEstimate]
    let jobs = try BatchJobs(
      prepared,
      by: transcriber,
      storage: settings.value(of: BatchSubmitCommand.storage),
      options: RunSettings.planned(session.context),
      allowsUnknowns: isUnpriced,
      session.desk
    )
    return try await BatchSubmitCommand.submit(
      jobs,
      arguments,
      doneBy: "tabscribe derive",
      session
    )
  }
}
