internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

extension WorkerRun {
  /// An enqueued run by its command line, read once, in its folder.
  ///
  /// - Throws: `CommandError` where the run cannot be carried out on this machine.
  init(
    _ run: RunSummary,
    program: Program,
    jobs: Int,
    in store: RunStore,
    _ context: CommandContext
  ) async throws {
    guard HostFiles.kind(of: run.workingFolder) == .folder else {
      throw CommandError(
        "Run \(run.id) was enqueued in the folder \(SafeText.quoted(run.workingFolder)), which this machine does "
          + "not have.",
        remedy: "Mount it here under the same path: the paths of sources and results begin there."
      )
    }
    let context = context.working(in: run.workingFolder)
    let arguments = try program.parse(run.arguments)
    let settings = try Settings(arguments, context)
    var preparation = try WorkPreparation(settings, context, makesStore: true)
    if let known = run.knownSpeakers { preparation.knownSpeakers = known }
    preparation.transcriber.client.paceNotes = StoredPace(
      in: store,
      of: preparation.transcriber.client
    )
    try preparation.transcriber.client.requireCredentials()
    var options = try RunSettings.options(settings, context)
    (options.jobs, options.costLimit) = (jobs, nil)
    options.rowSpeaker = try await RunSettings.rowSpeaker(settings)
    var writer = try ResultWriter(settings, context)
    // The run found the names free; what stands there now is its own.
    writer.folder.isForced = true
    let session = try RunSession(
      settings: settings,
      context: context,
      transcriber: preparation.transcriber,
      writer: writer,
      arguments: arguments,
      ledger: preparation.ledger
    )
    let sources = try await preparation.named(arguments[TranscribeCommand.sources]).sources
    self.init(run, sources, preparation, session, options, in: store)
  }
}
