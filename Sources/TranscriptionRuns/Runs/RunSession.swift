internal import GeminiAPI
internal import HTMLReports
internal import HostSystem
internal import PlainText
package import RequestPlanning
package import RunStore
package import Transcribing
package import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Carries out what a command line asks for, as a run that can be taken up later.
package struct RunSession: Sendable {
  /// Where it is done, and who hears of it.
  package let place: Workplace
  /// What sends.
  package let transcriber: Transcriber
  /// Whether what earlier runs have done counts.
  package let reuse: EarlierWork.Reuse
  /// Writes results; `nil` leaves them in the store.
  package var writer: ResultWriter?
  /// The words that begin the run again: without secrets, since they are kept.
  package let words: [String]
  /// Where the speakers of a series are noted.
  package let ledger: LedgerFile?
  /// Hears how the work goes.
  package let listener: any RunListener
  /// The folder where the paths of sources begin; `nil` for the one worked in.
  package var sourceFolder: String?
  /// Puts results elsewhere than into files of their own, and returns the absolute paths of what changed;
  /// `nil` where a writer does that, or nobody.
  package var placing: (@Sendable (NamedWork, TranscriptDocument) throws -> [String])?
  /// Told what will be sent, before anything is, with how much of the work was done before.
  package var announce: @Sendable (_ plan: Plan, _ done: Int) -> Void = { _, _ in }

  /// A session; the rest is as its properties say.
  package init(
    _ place: Workplace,
    _ transcriber: Transcriber,
    reuse: EarlierWork.Reuse,
    writer: ResultWriter? = nil,
    words: [String],
    ledger: LedgerFile?,
    listener: any RunListener,
    sourceFolder: String? = nil
  ) {
    (self.place, self.transcriber, self.reuse, self.writer) = (place, transcriber, reuse, writer)
    (self.words, self.ledger, self.listener) = (words, ledger, listener)
    self.sourceFolder = sourceFolder
  }

  private var sources: Workplace { sourceFolder.map(place.working) ?? place }

  /// Sends what is not done yet, and writes all results.
  ///
  /// - Parameters:
  ///   - earlier: The run to take up; `nil` for a new one.
  ///   - options: How.
  package func ending(
    of prepared: PreparedWork,
    takingUp earlier: EarlierRun?,
    _ options: RunOptions
  ) async throws -> RunEnding {
    let store = try place.store.opened()
    var session = self
    if let earlier {
      // The run that is taken up found the names free; what stands there now is its own. Where the
      // results of a batch go is said only when they are fetched.
      if earlier.batch != nil {
        // What is complete is looked at where it is put into place.
        let open = try EarlierWork(reuse, in: store, takingUp: earlier).split(prepared.work).open
        try await checkFree(foreign(open, to: earlier.id, in: store))
      } else {
        try tellWhatIsNew(prepared.work, since: earlier, in: store)
      }
      session.writer?.folder.isForced = true
    }
    return try await session.carryOut(prepared, earlier, in: store, options)
  }

  /// The work whose names hold anything but results of the run, or earlier ones of the same work.
  ///
  /// A process that was killed may have written a result and not noted that it is its own.
  private func foreign(
    _ work: [NamedWork],
    to run: String,
    in store: RunStore
  ) async throws -> [NamedWork] {
    guard let writer else { return [] }
    var foreign: [NamedWork] = []
    for item in work {
      let folder = writer.below(item.folder).folder
      for (format, name) in zip(writer.formats, writer.names(stem: item.stem)) {
        let path = FilePath.joined(folder.path, name)
        let isOwn =
          if let owner = try store.item(writtenTo: path) {
            item.prepared.identities.contains(owner.item.identity)
          } else if format.namesRun {
            await KeptResults.holds(path, "\"\(run)", in: folder)
          } else {
            false
          }
        guard isOwn else {
          foreign.append(item)
          break
        }
      }
    }
    return foreign
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
    let refused = tell(all.refused)
    if let most = options.maxFailures, refused.count >= most, !all.work.isEmpty {
      throw tooManyRefused(refused.count)
    }
    var done: [WorkOutcome] = []
    var open: [NamedWork] = []
    let before = try EarlierWork(
      reuse,
      in: store,
      takingUp: earlier,
      takesPartial: writer == nil && placing == nil
    )
    options.isRepeated = !before.isReused
    for item in all.work {
      if let outcome = try await outcome(of: item, in: store, before) {
        try await tell(outcome, of: item)
        done.append(outcome)
      } else {
        open.append(item)
      }
    }
    let prepared = open.map(\.prepared)
    if earlier == nil {
      try before.checkNoBatchAsks(prepared)
      try await checkFree(open)
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
      listener.hear(outcome, of: work.stem)
    }
    if let ledger, let document = try outcome.document {
      await ledger.note(document, place.notices)
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
    var ending = RunEnding(outcomes: outcomes)
    if !open.isEmpty {
      let run = try begin(open.map(\.prepared), earlier, in: store, options)
      let observe = listener.watch(open, run)
      let report = await execute(run, open, in: store, observe: observe)
      place.notices.clear()
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
      arguments: words,
      workingFolder: place.folder,
      options: options
    )
  }

  private func execute(
    _ run: TranscriptionRun,
    _ work: [NamedWork],
    in store: RunStore,
    observe: @escaping RunObserver
  ) async -> RunReport {
    let (writer, notices, sources, ledger) = (writer, place.notices, sources, ledger)
    let placing = placing
    return await run.execute(observe: observe) { job, result in
      let document = result.document
      if let placing { return try placing(work[job], document) }
      guard let writer = writer?.below(work[job].folder) else { return [] }
      let media = sources.mediaPath(of: document)
      let names = try await writer.deliver(
        document,
        json: result.json,
        stem: work[job].stem,
        media: media,
        // The report is worth having without it.
        request: writer.formats.contains(.html)
          ? try? RequestRecord(item: run.jobs[job].item, in: store) : nil
      )
      await ledger?.note(document, notices)
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
  /// What was noted for workers.
  package struct Enqueued {
    /// What was refused or done before.
    package let outcomes: [WorkOutcome]
    /// How many recordings are left for workers.
    package let items: Int
    /// The run, with how many parts it has; `nil` where nothing is left to do.
    package let run: (id: String, parts: Int)?
  }

  /// Notes for workers what is not done yet, and sends nothing.
  package func enqueue(_ all: PreparedWork, _ options: RunOptions) async throws -> Enqueued {
    let store = try place.store.opened()
    var options = options
    let (outcomes, open) = try await sorted(all, nil, in: store, &options)
    guard !open.isEmpty else { return Enqueued(outcomes: outcomes, items: 0, run: nil) }
    let (run, parts) = try transcriber.enqueue(
      open,
      in: store,
      arguments: words,
      workingFolder: place.folder,
      options: options
    )
    return Enqueued(outcomes: outcomes, items: open.count, run: (run, parts))
  }

  /// Carries out what a worker holds.
  ///
  /// - Parameters:
  ///   - earlier: The run that it is of.
  ///   - tell: Told of each item that came to its end.
  /// - Returns: How it went; `nil` when nothing had to be sent.
  package func carryOut(
    _ held: [(item: StoredItem, work: NamedWork)],
    _ share: RunShare,
    isOnly: Bool,
    _ earlier: EarlierRun,
    in store: RunStore,
    _ options: RunOptions,
    tell: @escaping @Sendable (ItemOutcome) -> Void
  ) async throws -> RunReport? {
    let before = try EarlierWork(reuse, in: store, takingUp: earlier)
    var open: [NamedWork] = []
    for (item, work) in held {
      guard let outcome = try await outcome(of: work, in: store, before) else {
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
    let (listener, labels) = (listener, open.map(\.label))
    let report = await execute(run, open, in: store) { event in
      guard case .ended(let job, let outcome) = event, !Task.isCancelled || outcome.isFinished
      else {
        return
      }
      // What cannot be noted is looked at again, and nothing of it is sent.
      try? store.endItem(run.jobs[job].item, of: share.part)
      listener.hear(outcome, of: SafeText.line(labels[job]))
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
  ) async throws -> WorkOutcome? {
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
    var files: KeptResults.Files?
    if let writer {
      files = try await KeptResults(
        writer: writer.below(work.folder),
        store: store,
        place: sources
      ).place(document, of: item, stem: work.stem)
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
      place.notices.message(
        "\(SafeText.line(item.prepared.source.uri)) is new, or it or its settings have changed "
          + "since run \(earlier.id) began."
      )
    }
  }
}

// MARK: Refusals

extension RunSession {
  /// Tells which sources cannot be used, and why; they count as failed.
  private func tell(_ refused: [RefusedSource]) -> [WorkOutcome] {
    refused.map { source in
      let outcome = WorkOutcome(source)
      listener.hear(outcome.outcome, of: SafeText.line(source.source))
      return outcome
    }
  }

  private func tooManyRefused(_ count: Int) -> Refusal {
    Refusal(
      "\(count) sources cannot be used, as many as the setting maxFailures allows.",
      remedy: "Mend them or leave them out, or allow more; nothing was sent."
    )
  }

  /// Refuses names that are taken, before anything is sent.
  private func checkFree(_ work: [NamedWork]) async throws {
    guard let writer else { return }
    for (folder, items) in Dictionary(grouping: work, by: \.folder).sorted(by: { $0.key < $1.key })
    {
      let writer = writer.below(folder)
      try await writer.folder.checkAllFree(items.flatMap { writer.names(stem: $0.stem) })
    }
  }

  private func check(_ plan: Plan, _ options: RunOptions, spent: Decimal) throws {
    for problem in Set(plan.entries.compactMap(\.share?.problem)).sorted() {
      place.notices.warning(SafeText.line(problem))
    }
    guard !options.isOffline, !plan.entries.isEmpty, let dollars = options.costLimit,
      case .refuse(let reason) = CostLimit(dollars: dollars).verdict(on: plan, spent: spent)
    else { return }
    throw Refusal(
      reason,
      remedy: spent > 0
        ? "Raise it as tabscribe runs resume takes the setting costLimit; nothing was sent."
        : "Raise it, lower the setting fps or the setting mediaResolution, or choose another model; "
          + "nothing was sent.",
      kind: .limit
    )
  }
}
