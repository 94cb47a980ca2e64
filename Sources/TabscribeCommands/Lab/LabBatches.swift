internal import CommandLineInterface
internal import GeminiAPI
internal import PlainText
internal import PromptLab
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

/// The variants of a lab asked by batches: what no batch asks is handed in, and the answers of those
/// that were handed in before are taken.
struct LabBatches {
  private let lab: PreparedLab
  private let session: BatchSession
  private let arguments: ParsedArguments
  private var context: CommandContext { session.context }

  init(_ lab: PreparedLab, _ arguments: ParsedArguments, _ context: CommandContext) throws {
    (self.lab, self.arguments) = (lab, arguments)
    session = try BatchSession(arguments, context)
  }

  /// Goes as far as answers are there; the batches whose answers are still to come.
  func advanced() async throws -> [BatchRun] {
    let before = try handedIn()
    var pending: [BatchRun] = []
    for batch in before {
      let batch = try await taken(batch)
      if !batch.isSettled { pending.append(batch) }
    }
    let new = try await handIn(after: before)
    guard arguments[BatchFetchCommand.waits] else { return pending + new }
    for batch in new {
      let batch = try await taken(batch)
      if !batch.isSettled { pending.append(batch) }
    }
    return pending
  }

  /// Whether anything will be handed in that no batch of this lab asks yet.
  func hasNews() throws -> Bool { try !unasked(by: handedIn()).isEmpty }

  /// Says which answers are to come, and how to go on.
  func show(_ pending: [BatchRun]) {
    let lab = SafeText.quoted(arguments[LabRunCommand.file])
    BatchSubmitCommand.show(pending, session, next: "tabscribe lab run \(lab) --batch")
  }

  /// The batches that this lab has handed in from the same folder.
  private func handedIn() throws -> [BatchRun] {
    try session.store.batchRuns().map { try BatchRun($0, in: session.store) }.filter { batch in
      LabRunCommand.isSameLab(batch.run.summary, arguments, context, byBatch: true)
    }
  }

  /// A batch with the answers that are there, results left in the store.
  private func taken(_ batch: BatchRun) async throws -> BatchRun {
    guard !batch.isSettled || batch.run.summary.status != .finished else { return batch }
    let transcriber = try session.transcriber(for: batch.work)
    let kept = try batch.kept(for: transcriber)
    var answers = BatchAnswers(session.desk, transcriber)
    answers.waits = arguments[BatchFetchCommand.waits]
    var options = try RunSettings.options(session.settings, context)
    options.speakers = kept.speakers
    options.carrier = .batch(retriesFailures: false)
    let run = try RunSession(
      settings: session.settings,
      context: context,
      transcriber: transcriber,
      writer: nil,
      arguments: arguments,
      ledger: nil,
      sourceFolder: batch.run.summary.workingFolder
    )
    let course = BatchCourse(session.desk, transcriber, kept, answers)
    let reached = try await course.advanced(batch) { batch in
      try await run.ending(
        of: PreparedWork(work: kept.work),
        takingUp: EarlierRun(batch, kept),
        options
      )
    }
    if reached.ending != nil, !reached.hasMoreToCome { try tellMissing(of: reached.batch) }
    return reached.batch
  }

  private func tellMissing(of batch: BatchRun) throws {
    let missing = try batch.answers(in: session.store).missing.count
    guard missing > 0 else { return }
    let requests = NumberText.counted(missing, "request")
    context.status.warning(
      "\(requests) of the batch \(batch.id) stayed without an answer; tabscribe batch submit --retry "
        + "\(batch.id) asks again."
    )
  }

  /// What was neither done before nor asked by some batches.
  private func unasked(by batches: [BatchRun]) throws -> [NamedWork] {
    let asked = Set(batches.flatMap(\.run.items).map(\.item.identity))
    return try EarlierWork(
      .init(session.settings),
      in: session.store,
      takingUp: nil,
      takesPartial: true
    ).split(lab.work).open.filter { asked.isDisjoint(with: $0.prepared.identities) }
  }

  /// Hands in what was neither done before nor asked by a batch of this lab.
  private func handIn(after before: [BatchRun]) async throws -> [BatchRun] {
    let open = try unasked(by: before)
    guard !open.isEmpty else { return [] }
    let jobs = try BatchJobs(
      PreparedWork(work: open),
      by: lab.transcriber,
      storage: session.settings.value(of: BatchSubmitCommand.storage),
      options: RunSettings.planned(context),
      session.desk
    )
    let limit = try session.settings.value(of: TranscriptionOptions.costLimit)
    try jobs.checkPrices()
    try jobs.check(limit)
    try lab.transcriber.client.configuration.requireCredentials()
    var submitted: [BatchRun] = []
    for job in jobs.jobs {
      submitted.append(
        try await jobs.submit(job, words: arguments.storedWords(session.context), limit: limit)
      )
    }
    return submitted
  }
}

extension BatchRun {
  /// Whether the answers of all its rounds are taken.
  fileprivate var isSettled: Bool {
    !batches.isEmpty && batches.allSatisfy { $0.stage == .settled }
  }
}
