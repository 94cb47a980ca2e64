internal import GeminiAPI
internal import RequestPlanning
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Where a run stands: what is under way, what is done, what it cost, and whether it goes on.
struct RunCourse {
  private typealias Clip = Result<ClipResult, any Error>

  private let run: TranscriptionRun
  private let budget: RunBudget
  private let observe: RunObserver
  private var schedule: PlanSchedule
  /// The clips of each job as they end, by position.
  private var clips: [[Clip?]]
  private var outcomes: [ItemOutcome?]
  private var billed: [RequestOutcome] = []
  private var observations: [RunObservation] = []
  private var findings: [[Finding]]
  /// Requests of each group that have not ended, by what they share.
  private var remaining: [String: Int]
  private var tokens = 0
  /// Requests that were answered and counted.
  private var requests = 0
  /// Whether taking the run up would send anything.
  private var canGoOn = false
  /// The jobs that have failed.
  private var failed: Set<Int> = []
  private var stop: RunReport.StopReason?

  init(run: TranscriptionRun, budget: RunBudget, observe: @escaping RunObserver) {
    self.run = run
    self.budget = budget
    self.observe = observe
    schedule = PlanSchedule(plan: run.plan, jobs: run.options.jobs)
    clips = run.jobs.map { Array(repeating: nil, count: $0.prepared.clips.count) }
    outcomes = Array(repeating: nil, count: run.jobs.count)
    findings = Array(repeating: [], count: run.jobs.count)
    // What follows a request ends with it.
    remaining = Dictionary(
      run.plan.entries.filter { !$0.request.isFollowUp }.map { ($0.prefix, 1) },
      uniquingKeysWith: +
    )
  }

  /// Begins as many requests as may be under way.
  mutating func begin(in group: inout TaskGroup<RunWork.Step>, _ work: RunWork) {
    while case let ready = schedule.start(), !ready.isEmpty {
      for position in ready {
        let entry = run.plan.entries[position]
        guard goesOn() else {
          schedule.finish(position, succeeded: false)
          continue
        }
        let place = run.places[entry.position]
        group.addTask { await work.transcribe(entry: position, at: place) }
      }
    }
  }

  /// Whether one more request may be sent.
  private mutating func goesOn() -> Bool {
    if stop == nil, Task.isCancelled { stop = .interrupted }
    if stop == nil, let most = run.options.maxFailures, failed.count >= most {
      stop = .failures(failed.count)
    }
    return stop == nil
  }

  /// Notes what has been done, and begins what may follow.
  mutating func note(
    _ step: RunWork.Step,
    in group: inout TaskGroup<RunWork.Step>,
    _ work: RunWork
  ) {
    switch step {
    case .groupClosed: break
    case .halted(let reason): stop = stop ?? reason
    case .item(let job, let outcome):
      if case .failed = outcome { failed.insert(job) }
      outcomes[job] = outcome
      observe(.ended(job: job, outcome))
    case .clip(let position, let result):
      let entry = run.plan.entries[position]
      let place = run.places[entry.position]
      schedule.finish(position, succeeded: result.isAnswered)
      if result.isAwaited {
        // A batch will bring what is missing; the clip has not ended.
      } else if let reason = result.stopReason(isShared: run.options.share != nil) {
        // What was not sent has not ended.
        stop = stop ?? reason
      } else {
        clips[place.job][place.clip] = result
      }
      if case .success(let clip) = result {
        account(for: clip, entry, place)
        canGoOn = canGoOn || clip.canGoOn
      } else {
        canGoOn = true
      }
      finishItem(place.job, in: &group, work)
      remaining[entry.prefix, default: 1] -= 1
      if remaining[entry.prefix] == 0, work.caches != nil {
        group.addTask { await work.close(group: entry.prefix) }
      }
    }
    begin(in: &group, work)
  }

  private mutating func account(for clip: ClipResult, _ entry: Plan.Entry, _ place: RequestPlace) {
    for reply in clip.allReplies where !reply.reply.isCounted {
      for usage in reply.reply.usages.values {
        tokens += Usage(usage).totalTokens
        requests += 1
      }
    }
    compare(clip.replies.first?.reply, entry, place)
    let second = run.secondPasses[place].map { run.plan.entries[$0] }
    if let second { compare(clip.speakers?.reply, second, place) }
    for (number, reply) in zip(run.words[place] ?? [], clip.words) {
      compare(reply.reply, run.plan.entries[number], place)
    }
    observe(.spent(tokens: tokens, dollars: budget.spent - run.spentBefore, requests: requests))
  }

  /// Holds a reply against what was planned of it.
  private mutating func compare(
    _ reply: ReceivedReply?,
    _ entry: Plan.Entry,
    _ place: RequestPlace
  ) {
    guard let reply, !reply.isCounted, let usage = reply.usage else { return }
    let outcome = RequestOutcome(
      order: entry.order,
      usage: Usage(usage),
      cost: entry.quote.bill(of: reply),
      isComplete: reply.isWhole
    )
    // Words without tables say nothing of the length of tables.
    if !entry.request.isForWords { learn(from: outcome, entry, seconds: reply.seconds) }
    let prepared = run.jobs[place.job].prepared
    if prepared.isAskedWhole, !entry.request.isForWords,
      let length = entry.quote.soundLength(of: outcome.usage)
    {
      run.transcriber.lengths?.note(length, of: prepared.source.uri)
    }
    // What a batch brings was estimated when it was handed in, and hits no cache.
    guard !reply.isBatched else { return }
    billed.append(outcome)
    findings[place.job] += Reconciliation(plan: run.plan, outcomes: [outcome]).findings
  }

  private mutating func learn(
    from outcome: RequestOutcome,
    _ entry: Plan.Entry,
    seconds: Double?
  ) {
    guard let shape = entry.request.shape else { return }
    observations.append(
      RunObservation(
        model: entry.model,
        platform: entry.request.settings.platform,
        shape: shape,
        usage: outcome.usage,
        isComplete: outcome.isComplete,
        seconds: seconds
      )
    )
  }

  /// Makes the document once every clip of an item has ended; with none answered, the item failed.
  private mutating func finishItem(
    _ job: Int,
    in group: inout TaskGroup<RunWork.Step>,
    _ work: RunWork
  ) {
    let ended = clips[job].compactMap(\.self)
    guard ended.count == clips[job].count else { return }
    // A document of what happened to be there would pass for a result.
    guard !Task.isCancelled || ended.allSatisfy(\.isAnswered) else { return }
    // Known before the document is tried, so that nothing more is begun meanwhile.
    if !ended.contains(where: \.isAnswered) { failed.insert(job) }
    let findings = findings[job]
    group.addTask { await work.finish(job, ended, findings: findings) }
    clips[job] = []
  }

  /// How the run ended.
  ///
  /// - Parameter orders: What is to be asked by a batch.
  func report(orders: [BatchOrder]) -> RunReport {
    let isCut = Task.isCancelled && outcomes.contains { $0 == nil }
    return RunReport(
      run: run.id,
      outcomes: outcomes.map { $0 ?? .left },
      reconciliation: Reconciliation(
        plan: run.plan,
        outcomes: billed
      ),
      observations: observations,
      spent: budget.spent - run.spentBefore,
      stop: isCut ? .interrupted : stop ?? budget.refusal.map { .costLimit($0) },
      orders: orders,
      canGoOn: canGoOn
    )
  }
}

extension Result {
  /// Why nothing was sent and nothing more is to be: the limit forbade it, or the worker of a shared run cannot
  /// do it; `nil` otherwise.
  fileprivate func stopReason(isShared: Bool) -> RunReport.StopReason? {
    guard case .failure(let error) = self else { return nil }
    if let error = error as? GeminiError, error.code == .costLimit {
      return .costLimit(error.message)
    }
    if error is LostPart { return .lost }
    return isShared && error.isOfWorker ? .unable(error) : nil
  }

  /// Whether an answer is to come by a batch.
  fileprivate var isAwaited: Bool {
    if case .failure(let error) = self { error is AwaitsAnswer } else { false }
  }

  /// Whether there is a value.
  fileprivate var isAnswered: Bool { if case .success = self { true } else { false } }
}
