internal import CommandLineInterface
internal import GeminiAPI
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a command line asks of batches: the work that `transcribe` would do, a run for each model.
struct BatchJobs {
  /// What becomes a batch.
  struct Job {
    /// All of the work, with what was done before.
    let kept: KeptWork
    /// What is to be asked.
    let open: [PreparedTranscription]
    /// What it costs online and as a batch; `nil` when that is not known.
    let cost: CostEstimate?

    var model: String { open.first?.model ?? "" }
  }

  let jobs: [Job]
  /// How much of the work was done before, and how much there is.
  let done: Int
  let all: Int
  /// The sources that nothing can be asked about.
  let refused: [RefusedSource]
  let transcriber: Transcriber
  private let session: BatchSession
  private let options: RunOptions

  /// Prepares everything; nothing is sent.
  ///
  /// - Parameters:
  ///   - storage: The place in Cloud Storage for requests and answers.
  ///   - allowsUnknowns: Whether models, lengths and prices need not be known.
  init(
    _ sources: [String],
    storage: String?,
    allowsUnknowns: Bool,
    _ session: BatchSession
  ) async throws {
    var preparation = try WorkPreparation(session.settings, session.context, makesStore: true)
    preparation.transcriber.isStreamed = false
    try self.init(
      await preparation.prepare(sources),
      by: preparation.transcriber,
      storage: storage,
      ledger: preparation.ledger,
      allowsUnknowns: allowsUnknowns,
      session
    )
  }

  /// The same of work that is prepared.
  ///
  /// - Parameters:
  ///   - transcriber: What prepared it, for answers that are not streamed.
  ///   - ledger: Where speakers are noted.
  init(
    _ prepared: PreparedWork,
    by transcriber: Transcriber,
    storage: String?,
    ledger: LedgerFile? = nil,
    allowsUnknowns: Bool = false,
    _ session: BatchSession
  ) throws {
    let context = session.context
    let place = try Self.place(storage, transcriber.client.configuration)
    let work = prepared.work
    refused = prepared.refused
    try Self.checkCarried(work)
    for notice in Set(work.flatMap(\.prepared.notices)).sorted() {
      context.status.message(SafeText.line(SettingWords.flags(in: notice)))
    }
    let earlier = try EarlierWork(.init(session.settings), in: session.store, takingUp: nil)
    var options = try RunSettings.planned(context)
    options.isRepeated = !earlier.isReused
    var models: [String] = []
    for model in work.map(\.prepared.model) where !models.contains(model) { models.append(model) }
    jobs = try models.compactMap { model in
      let own = work.filter { $0.prepared.model == model }
      let open = try earlier.split(own).open.map(\.prepared)
      guard !open.isEmpty else { return nil }
      try earlier.checkNoBatchAsks(open)
      var kept = KeptWork(own, speakers: options.speakers)
      kept.ledger = ledger?.path
      kept.storage = place
      kept.isAnew = !earlier.isReused
      let plan = try transcriber.plan(open, options: options, allowsUnknowns: allowsUnknowns)
      for problem in Set(plan.entries.compactMap(\.share?.problem)).sorted() {
        context.status.warning(SafeText.line(problem))
      }
      return Job(kept: kept, open: open, cost: plan.total.cost)
    }
    all = work.count
    done = all - jobs.reduce(0) { $0 + $1.open.count }
    (self.transcriber, self.session, self.options) = (transcriber, session, options)
  }

  /// Refuses what no batch can carry: a batch asks one model, and about whole sources.
  private static func checkCarried(_ work: [NamedWork]) throws(CommandError) {
    for item in work {
      let settings = item.prepared.settings
      let idle =
        settings.asksSpeechModel ? "--native" : settings.splitsChannels ? "--channels" : nil
      guard let idle else { continue }
      throw .usage(
        "\(idle) cannot travel by batch.",
        remedy: "Leave it out, or send it online: tabscribe transcribe. Nothing was sent."
      )
    }
  }

  private static func place(
    _ text: String?,
    _ configuration: GeminiConfiguration
  ) throws -> StorageAddress? {
    guard configuration.backend != .aiStudio else { return nil }
    guard let text else {
      throw CommandError.usage(
        "A batch on Agent Platform needs a place in Cloud Storage for its requests and answers.",
        remedy: "Name one with --storage gs://bucket/folder."
      )
    }
    return try StorageAddress(parsing: text)
  }

  /// Refuses what has no price as a batch.
  func checkPrices() throws(CommandError) {
    for job in jobs where job.cost?.batch == nil {
      throw CommandError(
        "\(SafeText.line(job.model)) has no known price for batches.",
        remedy: "Choose another model, or submit without an estimate (--no-estimate)."
      )
    }
  }

  /// Refuses what would cost more than it may.
  func check(_ limit: Decimal?) throws(CommandError) {
    guard let limit else { return }
    let costs = jobs.map { $0.cost?.batch }
    let known = costs.compactMap(\.self).reduce(.zero, +)
    guard costs.contains(nil) || known.expected > limit else { return }
    throw CommandError(
      costs.contains(nil)
        ? "The cost is not known, so it cannot be held to \(limit) USD."
        : "The batch is estimated at \(known.expected) USD, above the limit of \(limit) USD.",
      remedy: "Raise --cost-limit, or submit less; nothing was sent.",
      exitCode: .limit
    )
  }

  /// Begins the run of a batch and hands in what it asks first.
  ///
  /// - Parameter limit: The most that all of them may cost; each may cost what the others leave.
  func submit(
    _ job: Job,
    _ arguments: ParsedArguments,
    limit: Decimal?
  ) async throws -> BatchRun {
    var options = options
    options.carrier = .batch(retriesFailures: false)
    let others = jobs.compactMap { $0.cost?.batch?.expected }.reduce(0, +)
    options.costLimit = limit.map { $0 - others + (job.cost?.batch?.expected ?? 0) }
    let run = try transcriber.begin(
      job.open,
      in: session.store,
      arguments: arguments.storedWords(session.context),
      workingFolder: session.context.workingFolder,
      options: options,
      keeping: job.kept
    )
    let report = await run.execute()
    try session.store.finishRun(run.id, .interrupted)
    return try await session.submit(
      report.orders,
      of: run.id,
      job.kept,
      cost: job.cost,
      transcriber
    )
  }
}
