internal import CommandLineInterface
internal import RunStore

/// A run to take up.
struct EarlierRun {
  /// Its full id.
  let id: String
  /// Whether its replies are read anew and nothing is sent.
  var isOffline = false
}

extension EarlierRun {
  /// Runs the command line of the run again, for what it left undone.
  func takeUp(
    _ run: RunSummary,
    program: Program,
    _ context: CommandContext
  ) async throws -> ExitCode {
    guard HostFiles.kind(of: run.workingFolder) == .folder else {
      throw CommandError(
        "The folder \(SafeText.quoted(run.workingFolder)) that run \(id) worked in is gone.",
        remedy: "Put it back; the paths of the run's sources begin there."
      )
    }
    let arguments = try program.parse(run.arguments)
    return try await TranscribeCommand.run(
      arguments,
      context.working(in: run.workingFolder),
      takingUp: self
    )
  }
}
