internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

/// What the commands about batches need: the runs that travel by them, and a client for the service of
/// each.
struct BatchSession {
  let settings: Settings
  let context: CommandContext
  let desk: BatchDesk
  var store: RunStore { desk.store }

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    settings = try Settings(arguments, context)
    self.context = context
    desk = BatchDesk(
      context.workplace,
      try UserStore(settings).opened(),
      folder: FilePath.joined(settings.folders.data, "batches"),
      reuse: try .init(settings),
      observe: { [status = context.status] in BatchSubmitStatus.show($0, status) }
    )
    let session = self
    for (path, reason) in EarlierBatches(folder: desk.folder)
      .takeIn(by: store, { try session.transcriber(for: nil) })
    {
      let failure = ErrorExplanation.commandError(reason)
      context.status.warning(SafeText.line("\(path): \(failure.message)"))
    }
  }

  /// Whether the requests of a run travel by batches, so that it is gone on with as one.
  ///
  /// A lab goes on with its own.
  static func travels(_ run: RunSummary, _ context: CommandContext) throws -> Bool {
    guard !run.isOfLab else { return false }
    return try UserStore(context).reading().work(of: run.id) != nil
  }

  /// A transcriber for the service, project and location that work is for.
  ///
  /// - Parameter work: The work as it is kept; `nil` for the Gemini API.
  func transcriber(for work: JSONValue?) throws -> Transcriber {
    let variables = try settings.providerVariables()
    var overrides = GeminiConfiguration.Overrides(backend: "ai-studio")
    if let work, let place = try KeptWork.configuration(of: work) {
      overrides = .init(
        backend: "agent-platform",
        project: place.project,
        location: place.location
      )
    }
    let configuration = try GeminiConfiguration(
      environment: variables.environment,
      dotEnv: variables.dotEnv,
      overrides: overrides
    )
    var transcriber = try TranscriptionSession.transcriber(
      configuration,
      environment: variables.environment,
      secrets: settings.secrets,
      narrated: settings.narrated
    )
    transcriber.now = context.now
    transcriber.isStreamed = false
    transcriber.catalog = try ModelsFile.catalog(settings.folders)
    transcriber.service = configuration.service
    transcriber.learned = TranscriptionSession.rates(of: transcriber.service, settings)
    transcriber.uploads = TranscriptionSession.uploads(settings)
    return transcriber
  }

  /// The questions to the service of a batch.
  func collection(for batch: BatchRun) throws -> BatchCollection {
    let transcriber = try transcriber(for: batch.work)
    try transcriber.client.configuration.requireCredentials()
    return BatchCollection(transcriber, store: store)
  }
}
