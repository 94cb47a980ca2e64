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
  let store: RunStore
  /// Where requests are written while they are sent, and the records for other machines.
  let folder: String

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    settings = try Settings(arguments, context)
    self.context = context
    store = try UserStore(settings).opened()
    folder = FilePath.joined(settings.folders.data, "batches")
    let session = self
    for (path, reason) in EarlierBatches(folder: folder)
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

  /// The batch of an id.
  func batch(_ id: String) throws -> BatchRun { try BatchRun(id, in: store) }

  /// Where the record of a batch is, which other machines can fetch it with.
  func recordPath(of id: String) -> String { FilePath.joined(folder, "\(id).batch.json") }

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

// MARK: Handing in

extension BatchSession {
  /// Hands what a run has to ask to the service, as its next batch.
  ///
  /// - Parameters:
  ///   - kept: The work of the run.
  ///   - cost: What it costs by itself and as a batch; `nil` when that is not known.
  ///   - retryOf: The batch whose failures are asked again.
  func submit(
    _ orders: [BatchOrder],
    of run: String,
    _ kept: KeptWork,
    cost: CostEstimate?,
    retryOf: String? = nil,
    _ transcriber: Transcriber
  ) async throws -> BatchRun {
    let batch = try submission(transcriber)
      .note(orders, of: run, storage: kept.storage, cost: cost, retryOf: retryOf)
    return try await submit(batch, of: orders.work, transcriber)
  }

  /// Goes on with handing in a batch.
  func submit(_ batch: BatchRun, _ transcriber: Transcriber) async throws -> BatchRun {
    let kept = try batch.kept(for: transcriber)
    if let last = batch.last {
      return try await submit(last, of: batch.work(of: kept), transcriber)
    }
    let orders = try await orders(of: batch, kept, retriesFailures: false, transcriber)
    return try await submit(orders, of: batch.id, kept, cost: orders.cost, transcriber)
  }

  /// Hands in a batch, writes its record, and says how to go on where that fails.
  private func submit(
    _ batch: StoredBatch,
    of work: [Int64: PreparedTranscription],
    _ transcriber: Transcriber
  ) async throws -> BatchRun {
    do {
      _ = try await submission(transcriber).submit(batch, of: work)
      context.status.clear()
    } catch {
      context.status.clear()
      context.status.message(
        "The batch \(batch.run) is not submitted yet; go on with: "
          + "tabscribe batch submit --resume \(batch.run)"
      )
      throw error
    }
    let submitted = try self.batch(batch.run)
    try HostFiles.write(
      PortableBatch(submitted, in: store).json.renderedBytes(),
      to: recordPath(of: batch.run),
      replacing: true
    )
    return submitted
  }

  /// What has to be asked after the answers that are there.
  func orders(
    of batch: BatchRun,
    _ kept: KeptWork,
    retriesFailures: Bool,
    _ transcriber: Transcriber
  ) async throws -> [BatchOrder] {
    let earlier = EarlierRun(batch, kept)
    var options = RunOptions()
    options.speakers = kept.speakers
    options.carrier = .batch(retriesFailures: retriesFailures)
    options.costLimit = earlier.costLimit
    options.listens = true
    let open = try EarlierWork(.init(settings), in: store, takingUp: earlier).split(kept.work).open
    let run = try transcriber.resume(
      batch.id,
      open.map(\.prepared),
      in: store,
      options: options
    )
    let report = await run.execute()
    try store.finishRun(batch.id, .interrupted)
    if case .costLimit(let why) = report.stop {
      throw CommandError(
        why,
        remedy: "Raise --cost-limit; nothing was sent.",
        exitCode: .limit
      )
    }
    return report.orders
  }

  private func submission(_ transcriber: Transcriber) -> BatchSubmission {
    BatchSubmission(
      transcriber,
      store: store,
      folder: folder,
      observe: { [status = context.status] in BatchSubmitStatus.show($0, status) }
    )
  }
}
