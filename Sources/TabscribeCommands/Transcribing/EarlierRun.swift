internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension EarlierRun {
  /// The run that a command line asks to take up with `--resume`; `nil` where it asks for none.
  static func resumed(
    by arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> EarlierRun? {
    arguments[RunSettings.resumes] ? try last(of: arguments, context) : nil
  }

  /// The last run of the same command line in the same folder that was stopped before its end.
  static func last(of arguments: ParsedArguments, _ context: CommandContext) throws -> EarlierRun? {
    let words = Self.comparable(arguments.storedWords(context))
    let store = UserStore(context)
    let runs = store.isThere ? try store.reading().runs(limit: 200) : []
    let run = runs.first { run in
      run.workingFolder == context.workingFolder
        && Self.comparable(run.arguments) == words
        && (run.status != .finished || run.itemCounts[.complete] != run.itemCount)
    }
    if run == nil { context.status.message("No run of this was stopped; this is a new one.") }
    return run.map { EarlierRun($0) }
  }

  /// The words of a command line without those that differ when it is given again: a signed address
  /// is signed anew.
  private static func comparable(_ words: [String]) -> [String] {
    words.filter { $0 != "--resume" }.map { SignedAddress($0)?.unsigned ?? $0 }
  }

  /// Runs the command line of the run again, for what it left undone.
  ///
  /// - Parameter listener: Hears how a transcription goes; `nil` for those who look at standard error.
  func takeUp(
    _ run: RunSummary,
    program: Program,
    _ context: CommandContext,
    listener: (any RunListener)? = nil
  ) async throws -> ExitCode {
    guard try !BatchSession.travels(run, context) else {
      throw CommandError.usage(
        "Run \(id) is a batch.",
        remedy: "tabscribe batch fetch \(id) goes on with it."
      )
    }
    guard HostFiles.kind(of: run.workingFolder) == .folder else {
      throw CommandError(
        "The folder \(SafeText.quoted(run.workingFolder)) that run \(id) worked in is gone.",
        remedy: "Put it back; the paths of the run's sources begin there."
      )
    }
    guard isOffline || !run.arguments.contains(where: { $0.contains(Redaction.placeholder) }) else {
      throw CommandError.usage(
        "Run \(id) has a signed address, whose signature is not kept.",
        remedy: "Give its command line again, with a fresh address and --resume."
      )
    }
    let arguments = try program.parse(run.arguments)
    if LabRunCommand.isRun(arguments) {
      return try await LabRunCommand.run(
        arguments,
        context.working(in: run.workingFolder),
        takingUp: self
      )
    }
    if arguments.path.dropFirst().map(\.name) == ["derive"] {
      return try await DeriveCommand.run(
        arguments,
        context.working(in: run.workingFolder),
        takingUp: self
      )
    }
    guard arguments.path.dropFirst().map(\.name) == ["transcribe"] else {
      let command = arguments.path.map(\.name).joined(separator: " ")
      throw CommandError(
        "Run \(id) was begun by \(command), which takes no run up.",
        remedy: "Give that command again; what was answered is in the store."
      )
    }
    return try await TranscribeCommand.run(
      arguments,
      context.working(in: run.workingFolder),
      takingUp: self,
      listener: listener
    )
  }
}

extension ParsedArguments {
  /// The command line as it is kept: secrets and the signatures of addresses stay with whoever
  /// has them.
  func storedWords(_ context: CommandContext) -> [String] {
    words.map { context.secrets.redacting(Redaction.text($0)) }
  }
}
