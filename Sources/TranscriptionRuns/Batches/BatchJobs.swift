internal import GeminiAPI
internal import PlainText
package import RequestPlanning
internal import RunStore
package import Transcribing
internal import TranscriptModel

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Work as batches do it: the work that `transcribe` would do, a run for each model.
package struct BatchJobs {
  /// What becomes a batch.
  package struct Job {
    /// All of the work, with what was done before.
    package let kept: KeptWork
    /// What is to be asked.
    package let open: [PreparedTranscription]
    /// What it costs online and as a batch; `nil` when that is not known.
    package let cost: CostEstimate?

    /// The model that is asked.
    package var model: String { open.first?.model ?? "" }
  }

  /// A run for each model.
  package let jobs: [Job]
  /// How much of the work was done before.
  package let done: Int
  /// How much work there is.
  package let all: Int
  /// The sources that nothing can be asked about.
  package let refused: [RefusedSource]
  /// What asks.
  package let transcriber: Transcriber
  private let desk: BatchDesk
  private let options: RunOptions

  /// Plans work that is prepared; nothing is sent.
  ///
  /// - Parameters:
  ///   - prepared: The work.
  ///   - transcriber: What prepared it, for answers that are not streamed.
  ///   - storage: The place in Cloud Storage for requests and answers; `nil` for none.
  ///   - ledger: Where speakers are noted; `nil` for nowhere.
  ///   - options: How it is planned.
  ///   - allowsUnknowns: Whether models, lengths and prices need not be known.
  ///   - desk: Where it will be handed in.
  package init(
    _ prepared: PreparedWork,
    by transcriber: Transcriber,
    storage: String?,
    ledger: LedgerFile? = nil,
    options: RunOptions,
    allowsUnknowns: Bool = false,
    _ desk: BatchDesk
  ) throws {
    let place = try Self.place(storage, transcriber.client.configuration)
    let work = prepared.work
    refused = prepared.refused
    try Self.checkCarried(work)
    for notice in Set(work.flatMap(\.prepared.notices)).sorted() {
      desk.place.notices.message(SafeText.line(notice))
    }
    let earlier = try EarlierWork(desk.reuse, in: desk.store, takingUp: nil)
    var options = options
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
        desk.place.notices.warning(SafeText.line(problem))
      }
      return Job(kept: kept, open: open, cost: plan.total.cost)
    }
    all = work.count
    done = all - jobs.reduce(0) { $0 + $1.open.count }
    (self.transcriber, self.desk, self.options) = (transcriber, desk, options)
  }

  /// Refuses what no batch can carry: a batch asks one model, and about whole sources.
  private static func checkCarried(_ work: [NamedWork]) throws(Refusal) {
    for item in work {
      let settings = item.prepared.settings
      let idle =
        settings.asksSpeechModel ? "native" : settings.splitsChannels ? "channels" : nil
      guard let idle else { continue }
      throw .usage(
        "The setting \(idle) cannot travel by batch.",
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
      throw Refusal.usage(
        "A batch on Agent Platform needs a place in Cloud Storage for its requests and answers.",
        remedy: "Name one: the setting storage gs://bucket/folder."
      )
    }
    return try StorageAddress(parsing: text)
  }

  /// Refuses what has no price as a batch.
  package func checkPrices() throws(Refusal) {
    for job in jobs where job.cost?.batch == nil {
      throw Refusal(
        "\(SafeText.line(job.model)) has no known price for batches.",
        remedy: "Choose another model, or submit without an estimate (the setting noEstimate)."
      )
    }
  }

  /// Refuses what would cost more than it may.
  package func check(_ limit: Decimal?) throws(Refusal) {
    guard let limit else { return }
    let costs = jobs.map { $0.cost?.batch }
    let known = costs.compactMap(\.self).reduce(.zero, +)
    guard costs.contains(nil) || known.expected > limit else { return }
    throw Refusal(
      costs.contains(nil)
        ? "The cost is not known, so it cannot be held to \(limit) USD."
        : "The batch is estimated at \(known.expected) USD, above the limit of \(limit) USD.",
      remedy: "Raise the setting costLimit, or submit less; nothing was sent.",
      kind: .limit
    )
  }

  /// Begins the run of a batch and hands in what it asks first.
  ///
  /// - Parameters:
  ///   - job: What is handed in.
  ///   - words: Those that begin the run again, without secrets.
  ///   - limit: The most that all of them may cost, in USD; each may cost what the others leave.
  package func submit(
    _ job: Job,
    words: [String],
    limit: Decimal?
  ) async throws -> BatchRun {
    var options = options
    options.carrier = .batch(retriesFailures: false)
    let others = jobs.compactMap { $0.cost?.batch?.expected }.reduce(0, +)
    options.costLimit = limit.map { $0 - others + (job.cost?.batch?.expected ?? 0) }
    let run = try transcriber.begin(
      job.open,
      in: desk.store,
      arguments: words,
      workingFolder: desk.place.folder,
      options: options,
      keeping: job.kept
    )
    let report = await run.execute()
    try desk.store.finishRun(run.id, .interrupted)
    return try await desk.submit(
      report.orders,
      of: run.id,
      job.kept,
      cost: job.cost,
      transcriber
    )
  }
}
