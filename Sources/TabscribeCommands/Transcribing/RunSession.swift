internal import CommandLineInterface
internal import GeminiAPI
internal import HTMLReports
internal import HostSystem
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Carries out what a command line asks for, as a run that can be taken up later.
struct RunSession: Sendable {
  let settings: Settings
  let context: CommandContext
  let transcriber: Transcriber
  /// Writes results; `nil` leaves them in the store.
  var writer: ResultWriter?
  /// The command line, for taking the run up.
  let arguments: ParsedArguments
  /// Where the speakers of a series are noted.
  let ledger: LedgerFile?
  /// The folder where the paths of sources begin; `nil` for the one worked in.
  var sourceFolder: String?
  /// Puts results elsewhere than into files of their own, and returns the absolute paths of what changed;
  /// `nil` where a writer does that, or nobody.
  var placing: (@Sendable (NamedWork, TranscriptDocument) throws -> [String])?
  /// Told what will be sent, before anything is, with how much of the work was done before.
  var announce: @Sendable (_ plan: Plan, _ done: Int) -> Void = { _, _ in }

  private var sources: CommandContext { sourceFolder.map(context.working) ?? context }

  /// Sends what is not done yet, and writes all results.
  ///
  /// - Parameter earlier: The run to take up; `nil` for a new one.
  func run(_ prepared: PreparedWork, takingUp earlier: EarlierRun?) async throws -> ExitCode {
    try await ending(of: prepared, takingUp: earlier).show()
  }

  /// Sends what is not done yet, and writes all results; the ending is still to be shown.
  ///
  /// - Parameters:
  ///   - earlier: The run to take up; `nil` for a new one.
  ///   - options: How; `nil` for what the settings say.
  func ending(
    of prepared: PreparedWork,
    takingUp earlier: EarlierRun?,
    _ options: RunOptions? = nil
  ) async throws -> RunEnding {
    let store = try UserStore(settings).opened()
    var session = self
    if let earlier {
      // The run that is taken up found the names free; what stands there now is its own. Where the
      // results of a batch go is said only when they are fetched.
      if earlier.batch != nil {
        // What is complete is looked at where it is put into place.
        let open = try EarlierWork(settings, in: store, takingUp: earlier).split(prepared.work).open
        try checkFree(foreign(open, to: earlier.id, in: store))
      } else {
        try tellWhatIsNew(prepared.work, since: earlier, in: store)
      }
      session.writer?.folder.isForced = true
    }
    let options = try options ?? RunSettings.options(settings, context)
    return try await session.carryOut(prepared, earlier, in: store, options)
  }

  /// The work whose names hold anything but results of the run, or earlier ones of the same work.
  ///
  /// A process that was killed may have written a result and not noted that it is its own.
  private func foreign(
    _ work: [NamedWork],
    to run: String,
    in store: RunStore
  ) throws -> [NamedWork] {
    guard let writer else { return [] }
    return try work.filter { item in
      let folder = writer.below(item.folder).folder.path
      return try zip(writer.formats, writer.names(stem: item.stem)).contains { format, name in
        let path = FilePath.joined(folder, name)
        guard let owner = try store.item(writtenTo: path) else {
          return !(format.namesRun && KeptResults.holds(path, "\"\(run)"))
        }
        return !item.prepared.identities.contains(owner.item.identity)
      }
    }
  }

  /// What a command line comes to before anything is sent: what is refused or done before, and what is
  /// left to do, which was planned and held to its limit.
  private func sorted(
    _ all: PreparedWork,
    _ earlier: EarlierRun?,
    in store: RunStore,
    _ options: inout RunOptions
  ) async throws -> (outcomes: [WorkOutcome], open: [NamedWork]) {
    options.isOffline = earlier?.isOffline ?? false
    options.costLimit = earlier?.costLimit ?? options.costLimit
    let refused = show(all.refused)
    if let most = options.maxFailures, refused.count >= most, !all.work.isEmpty {
      throw tooManyRefused(refused.count)
    }
    var done: [WorkOutcome] = []
    var open: [NamedWork] = []
    let before = try EarlierWork(
      settings,
      in: store,
      takingUp: earlier,
      takesPartial: writer == nil && placing == nil
    )
    options.isRepeated = !before.isReused
    for item in all.work {
      if let outcome = try outcome(of: item, in: store, before) {
        try await tell(outcome, of: item)
        done.append(outcome)
      } else {
        open.append(item)
      }
    }
    let prepared = open.map(\.prepared)
    if earlier == nil {
      try before.checkNoBatchAsks(prepared)
      try checkFree(open)
    }
    // What a batch brings is planned and held to its limit as it is ordered.
    if !options.carrier.isBatch {
      let answers = try earlier.map { try EarlierAnswers(of: $0.id, in: store) }
      let plan = try transcriber.plan(prepared, options: options, takingUp: answers)
      try check(plan, options, spent: earlier.map { try store.spending(of: $0.id) } ?? 0)
      announce(plan, done.count)
    }
    return (refused + done, open)
  }

  /// Says that work was done before.
  private func tell(_ outcome: WorkOutcome, of work: NamedWork) async throws {
    if writer != nil || placing != nil {
      OutcomeLine(context: context).show(outcome, of: work.stem)
    }
    if let ledger, let document = try outcome.document {
      await ledger.note(document, context.status)
    }
  }

  private func carryOut(
    _ all: PreparedWork,
    _ earlier: EarlierRun?,
    in store: RunStore,
    _ options: RunOptions
  ) async throws -> RunEnding {
    var options = options
    let (outcomes, open) = try await sorted(all, earlier, in: store, &options)
    var ending = RunEnding(context: context, outcomes: outcomes)
    if !open.isEmpty {
      let run = try begin(open.map(\.prepared), earlier, in: store, options)
      let status = RunStatusLine(open, plan: run.plan, jobs: options.jobs, context)
      let report = await execute(run, open, in: store, observe: status.show)
      context.status.clear()
      try store.finishRun(run.id, report.stop == nil ? .finished : .interrupted)
      learn(from: report, in: store)
      ending.report = report
      ending.outcomes += zip(open, report.outcomes).map {
        WorkOutcome(source: $0.label, outcome: $1)
      }
    }
    return ending
  }

  private func begin(
    _ work: [PreparedTranscription],
    _ earlier: EarlierRun?,
    in store: RunStore,
    _ options: RunOptions
  ) throws -> TranscriptionRun {
    if let earlier { return try transcriber.resume(earlier.id, work, in: store, options: options) }
    return try transcriber.begin(
      work,
      in: store,
      arguments: arguments.storedWords(context),
      workingFolder: context.workingFolder,
      options: options
    )
  }

  private func execute(
    _ run: TranscriptionRun,
    _ work: [NamedWork],
    in store: RunStore,
    observe: @escaping RunObserver
  ) async -> RunReport {
    let (writer, context, sources, ledger) = (writer, context, sources, ledger)
    let placing = placing
    return await run.execute(observe: observe) { job, result in
      let document = result.document
      if let placing { return try placing(work[job], document) }
      guard let writer = writer?.below(work[job].folder) else { return [] }
      let media = sources.mediaPath(of: document)
      let names = try writer.write(
        document,
        json: result.json,
        stem: work[job].stem,
        media: media,
        // The report is worth having without it.
        request: writer.formats.contains(.html)
          ? try? RequestRecord(item: run.jobs[job].item, in: store) : nil
      )
      await ledger?.note(document, context.status)
      return names.map { FilePath.joined(writer.folder.path, $0) }
    }
  }

  /// What was learnt only sharpens estimates; that it cannot be kept is no failure of the run.
  private func learn(from report: RunReport, in store: RunStore) {
    try? store.learn(
      report.observations,
      of: transcriber.service,
      isEmulated: transcriber.standIn != nil,
      catalog: transcriber.catalog
    )
  }
}

// MARK: Shared runs

extension RunSession {
  /// Notes for workers what is not done yet, and sends nothing.
  func enqueue(_ all: PreparedWork, _ options: RunOptions) async throws -> ExitCode {
    let store = try UserStore(settings).opened()
    var options = options
    let (outcomes, open) = try await sorted(all, nil, in: store, &options)
    let ending = RunEnding(context: context, outcomes: outcomes)
    guard !open.isEmpty else { return ending.show() }
    let (run, parts) = try transcriber.enqueue(
      open,
      in: store,
      arguments: arguments.storedWords(context),
      workingFolder: context.workingFolder,
      options: options
    )
    WorkQueueing.tell(run, items: open.count, parts: parts, outcomes, context)
    return all.refused.isEmpty ? .done : .incomplete
  }

  /// Carries out what a worker holds.
  ///
  /// - Parameters:
  ///   - earlier: The run that it is of.
  ///   - tell: Told of each item that came to its end.
  /// - Returns: How it went; `nil` when nothing had to be sent.
  func carryOut(
    _ held: [WorkerRun.Held],
    _ share: RunShare,
    isOnly: Bool,
    _ earlier: EarlierRun,
    in store: RunStore,
    _ options: RunOptions,
    tell: @escaping @Sendable (ItemOutcome) -> Void
  ) async throws -> RunReport? {
    let before = try EarlierWork(settings, in: store, takingUp: earlier)
    var open: [NamedWork] = []
    for (item, work) in held.map({ ($0.item, $0.work) }) {
      guard let outcome = try outcome(of: work, in: store, before) else {
        open.append(work)
        continue
      }
      try await self.tell(outcome, of: work)
      try store.endItem(item.id, of: share.part)
      tell(outcome.outcome)
    }
    guard !open.isEmpty else { return nil }
    var options = options
    options.share = share
    let run = try transcriber.takeUp(
      share.part,
      open.map(\.prepared),
      isOnly: isOnly,
      in: store,
      options: options
    )
    let (line, labels) = (OutcomeLine(context: context), open.map(\.label))
    let report = await execute(run, open, in: store) { event in
      guard case .ended(let job, let outcome) = event, !Task.isCancelled || outcome.isFinished
      else {
        return
      }
      // What cannot be noted is looked at again, and nothing of it is sent.
      try? store.endItem(run.jobs[job].item, of: share.part)
      line.show(outcome, of: SafeText.line(labels[job]))
      tell(outcome)
    }
    learn(from: report, in: store)
    return report
  }
}

extension ItemOutcome {
  fileprivate var isFinished: Bool { if case .finished = self { true } else { false } }
}

// MARK: What was done before

extension RunSession {
  /// The result of work that was done before, written where it is not in place.
  ///
  /// `nil` when the work is to be done.
  private func outcome(
    of work: NamedWork,
    in store: RunStore,
    _ before: EarlierWork
  ) throws -> WorkOutcome? {
    guard let item = try before.item(of: work),
      var document = try store.document(of: item.id)
    else { return nil }
    // Where the media are as seen from here.
    document.source = work.prepared.source
    let finished = FinishedItem(document, of: item.id, in: store, seenAt: document.source)
    if let placing {
      let files = try placing(work, document)
      return WorkOutcome(
        source: work.label,
        outcome: .finished(finished, files: files),
        earlierRun: item.reference,
        written: files
      )
    }
    let files = try writer.map { writer in
      try KeptResults(writer: writer.below(work.folder), store: store, context: sources)
        .place(document, of: item, stem: work.stem)
    }
    return WorkOutcome(
      source: work.label,
      outcome: .finished(finished, files: files?.paths ?? []),
      earlierRun: item.reference,
      written: files?.written ?? []
    )
  }

  /// What has changed since the run began is not the work that the run did.
  private func tellWhatIsNew(
    _ work: [NamedWork],
    since earlier: EarlierRun,
    in store: RunStore
  ) throws {
    let known = Set(try store.run(earlier.id)?.items.map(\.item.identity) ?? [])
    let new = work.filter { known.isDisjoint(with: $0.prepared.identities) }
    for item in new {
      context.status.message(
        "\(SafeText.line(item.prepared.source.uri)) is new, or it or its settings have changed "
          + "since run \(earlier.id) began."
      )
    }
  }
}

// MARK: Refusals

extension RunSession {
  /// Says which sources cannot be used, and why; they count as failed.
  private func show(_ refused: [RefusedSource]) -> [WorkOutcome] {
    refused.map { source in
      let outcome = ItemOutcome.failed(source.error)
      OutcomeLine(context: context).show(outcome, of: SafeText.line(source.source))
      return WorkOutcome(source: source.source, outcome: outcome)
    }
  }

  private func tooManyRefused(_ count: Int) -> CommandError {
    CommandError(
      "\(count) sources cannot be used, as many as --max-failures allows.",
      remedy: "Mend them or leave them out, or allow more; nothing was sent."
    )
  }

  /// Refuses names that are taken, before anything is sent.
  private func checkFree(_ work: [NamedWork]) throws(CommandError) {
    guard let writer else { return }
    for (folder, items) in Dictionary(grouping: work, by: \.folder).sorted(by: { $0.key < $1.key })
    {
      let writer = writer.below(folder)
      try writer.folder.checkFree(items.flatMap { writer.names(stem: $0.stem) })
    }
  }

  private func check(_ plan: Plan, _ options: RunOptions, spent: Decimal) throws {
    for problem in Set(plan.entries.compactMap(\.share?.problem)).sorted() {
      context.status.warning(SafeText.line(problem))
    }
    guard !options.isOffline, !plan.entries.isEmpty, let dollars = options.costLimit,
      case .refuse(let reason) = CostLimit(dollars: dollars).verdict(on: plan, spent: spent)
    else { return }
    throw CommandError(
      reason,
      remedy: spent > 0
        ? "Raise it with tabscribe runs resume --cost-limit; nothing was sent."
        : "Raise it, lower --fps or --media-resolution, or choose another model; nothing was "
          + "sent.",
      exitCode: .limit
    )
  }
}
