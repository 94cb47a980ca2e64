internal import CommandLineInterface
internal import GeminiAPI
internal import MediaProbing
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel

/// Prepares the transcriptions of batches: every prompt on every source, a batch for each model.
struct BatchJobs {
  private typealias Job = (prepared: PreparedTranscription, snapshot: PromptSnapshot)

  private let session: BatchSession

  init(_ session: BatchSession) { self.session = session }

  /// The batches, which have to be submitted; nothing is sent.
  func records(
    sources: [String],
    storage: String?,
    allowsUnknowns: Bool
  ) async throws -> [BatchRecord] {
    var transcriber = try TranscriptionSession.transcriber(session.settings)
    transcriber.prober = MediaProber(remembersFacts: true)
    let place = try place(storage, transcriber.client.configuration)
    let jobs = try await jobs(sources, transcriber)
    for notice in Set(jobs.flatMap(\.prepared.notices)).sorted() {
      session.context.status.message(notice)
    }
    try ResultWriter.checkDistinct(
      jobs.map { ($0.prepared.source.stem, $0.prepared.source.uri) },
      remedy: "Submit them as batches of their own and fetch them into different folders."
    )
    try warnOfLimits(jobs.map(\.prepared), transcriber)
    var models: [String] = []
    for job in jobs where !models.contains(job.prepared.model) { models.append(job.prepared.model) }
    return try models.map { model in
      let own = jobs.filter { $0.prepared.model == model }
      let cost = try Self.cost(
        of: own.map(\.prepared),
        transcriber,
        allowsUnknowns: allowsUnknowns
      )
      return transcriber.batch(of: own, storage: place, cost: cost)
    }
  }

  /// A source, how it is asked about, and with which prompts.
  private struct Task {
    let spelling: String
    let settings: RequestSettings
    let prompts: [String]
  }

  /// The tasks, those of the first prompt before those of the next.
  private func jobs(_ sources: [String], _ transcriber: Transcriber) async throws -> [Job] {
    let tasks = try tasks(sources)
    var references: [String] = []
    for name in tasks.flatMap(\.prompts) where !references.contains(name) {
      references.append(name)
    }
    var jobs: [Job] = []
    for reference in references {
      let snapshot = try snapshot(reference)
      let prompt = try snapshot.prompt()
      for task in tasks where task.prompts.contains(reference) {
        let prepared = try await transcriber.prepare(
          try session.context.videoSource(task.spelling),
          shownAs: session.context.shownPath(task.spelling),
          prompt: prompt,
          settings: task.settings
        )
        let stem = prepared.source.stem
        let name = task.prompts.count == 1 ? stem : "\(stem)-\(snapshot.name)"
        jobs.append((prepared.named(name), snapshot))
      }
    }
    return jobs
  }

  private func tasks(_ sources: [String]) throws -> [Task] {
    let expansion = SourceExpansion(
      context: session.context,
      options: TranscriptionOptions.listableOfOneRequest
    )
    let named = try expansion.sources(sources)
    if let refused = named.refused.first { throw refused.error }
    return try named.sources.map { source in
      let settings = source.entry.map(session.settings.settings(of:)) ?? session.settings
      let names = try settings.values(of: TranscriptionOptions.prompts)
      let request = try TranscriptionOptions.requestSettings(settings, session.context)
      session.context.sayStart(of: source.spelling, request)
      return Task(
        spelling: source.spelling,
        settings: request,
        prompts: names.isEmpty ? ["transcribe"] : names
      )
    }
  }

  private func snapshot(_ reference: String) throws -> PromptSnapshot {
    let lookup = PromptLookup(session.context)
    let item = try lookup.prompts.item(reference)
    let title = if case .embedded = item.origin { item.name } else { item.origin.description }
    return try PromptSnapshot(
      name: item.name,
      title: title,
      text: item.text,
      environment: lookup.environment
    )
  }

  private func place(
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

  /// What requests cost online and as a batch; `nil` when that is not known and need not be.
  static func cost(
    of work: [PreparedTranscription],
    _ transcriber: Transcriber,
    allowsUnknowns: Bool
  ) throws -> CostEstimate? {
    try plan(work, transcriber, allowsUnknowns: allowsUnknowns).total.cost
  }

  private static func plan(
    _ work: [PreparedTranscription],
    _ transcriber: Transcriber,
    allowsUnknowns: Bool
  ) throws -> Plan {
    // A batch asks about all of a source at once.
    try transcriber.planner(for: work, allowsUnknowns: allowsUnknowns).plan(work.map(\.planRequest))
  }

  /// Says which sources are too long for a single request, which is all that a batch asks of each.
  private func warnOfLimits(
    _ jobs: [PreparedTranscription],
    _ transcriber: Transcriber
  ) throws {
    let plan = try Self.plan(jobs, transcriber, allowsUnknowns: true)
    for entry in plan.entries {
      guard let problem = entry.share?.problem else { continue }
      session.context.status.warning(
        SafeText.line("\(entry.request.source.name): \(problem)")
          + ". A batch asks about each source in one request: give a part with --start and --end, "
          + "or use tabscribe transcribe, which cuts clips by itself."
      )
    }
  }
}
