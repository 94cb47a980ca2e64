internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import RunStore
internal import Transcribing

/// A worker: takes parts of enqueued runs as it has places for their requests, until nothing is left to take.
///
/// What others hold is waited for, since it comes back when they die.
final class WorkerLoop: Sendable {
  /// How often one looks again when nothing is free, while own parts are under way and while only others
  /// are.
  private static let (pause, longPause) = (Duration.milliseconds(100), Duration.milliseconds(500))

  private struct State {
    var tally = WorkerTally()
    /// The runs that were looked at; `nil` for those that cannot be carried out here.
    var runs: [String: WorkerRun?] = [:]
    /// Runs of which nothing more is taken.
    var stopped: Set<String> = []
    /// Parts that are left to others.
    var left: Set<Int64> = []
    var partsUnderWay = 0
    /// Whether nothing more is taken of any run.
    var isStopped = false
    var saysWait = false
  }

  private enum Step {
    case part(HeldPart, WorkerRun)
    case wait(Duration)
    case end
  }

  /// The run to work on; `nil` for any that is enqueued.
  private let only: String?
  private let worker: Worker
  private let store: RunStore
  private let jobs: Int
  private let gate: RequestGate
  private let program: CommandLineInterface.Program
  private let context: CommandContext
  private let state = Lock(State())

  init(
    only: String?,
    _ worker: Worker,
    jobs: Int,
    in store: RunStore,
    program: CommandLineInterface.Program,
    _ context: CommandContext
  ) {
    (self.only, self.worker, self.store, self.jobs) = (only, worker, store, jobs)
    (self.program, self.context) = (program, context)
    gate = RequestGate(places: jobs)
  }

  /// Works until nothing is left, and gives back what it holds.
  func run() async throws -> WorkerTally {
    let signs = signsOfLife()
    let failure = await failure()
    signs.cancel()
    return try ending(failure)
  }

  /// Says that the worker lives, until it is cancelled.
  private func signsOfLife() -> Task<Void, Never> {
    Task { [store, worker] in
      // Four signs of life in a lease: three may be lost.
      while !Task.isCancelled {
        try? await Task.sleep(for: worker.lease / 4)
        try? store.renewLeases(of: worker)
      }
    }
  }

  /// Works, and tells what ended it but for an interrupt: what is under way has been put down then.
  private func failure() async -> (any Error)? {
    do {
      try await takeParts()
      return nil
    } catch {
      return error is CancellationError ? nil : error
    }
  }

  /// Gives back what is held, and says what was done.
  private func ending(_ failure: (any Error)?) throws -> WorkerTally {
    if let failure {
      try? store.end(worker)
      throw failure
    }
    context.status.clear()
    try store.end(worker)
    return state.withLock { state in
      guard Task.isCancelled else { return state.tally }
      let words = "Interrupted; what was answered is kept, and the rest is free for others."
      context.status.message(words)
      state.tally.stop(words, .interrupted)
      return state.tally
    }
  }

  private func takeParts() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      while !Task.isCancelled {
        try await gate.enter()
        switch try await next() {
        case .part(let part, let run):
          state.withLock { $0.partsUnderWay += 1 }
          let share = RunShare(part, in: store, placeIn: gate)
          group.addTask { await self.carryOut(share, run) }
        case .wait(let time):
          gate.leave()
          try await Task.sleep(for: time)
        case .end:
          gate.leave()
          return
        }
      }
    }
  }

  /// The next part, or what to do without one.
  private func next() async throws -> Step {
    var held = 0
    if !state.withLock(\.isStopped) {
      for id in try only.map({ [$0] }) ?? store.enqueuedRuns() {
        guard !state.withLock({ $0.stopped.contains(id) }), let run = try await opened(id) else {
          continue
        }
        let left = state.withLock(\.left)
        switch try store.takePart(
          of: id,
          for: worker,
          leavingOut: left,
          mostFailures: run.options.maxFailures
        ) {
        case .part(let part): return .part(part, run)
        case .nothing(let others, _): held += others
        case .tooManyFailures(let count):
          stop(id, "Stopped after \(count) failed sources, as --max-failures asks.", .incomplete)
        }
      }
    }
    let underWay = state.withLock(\.partsUnderWay)
    if underWay > 0 { return .wait(Self.pause) }
    guard held > 0 else { return .end }
    sayWaiting(for: held)
    return .wait(Self.longPause)
  }

  private func sayWaiting(for held: Int) {
    let isNew = state.withLock { state in
      defer { state.saysWait = true }
      return !state.saysWait
    }
    guard isNew else { return }
    context.status.message(
      "Nothing is free; what others hold, \(NumberText.counted(held, "recording")), may come back, and "
        + "this worker waits."
    )
  }

  /// A run, looked at once.
  private func opened(_ id: String) async throws -> WorkerRun? {
    if let known = state.withLock({ $0.runs[id] }) { return known }
    do {
      guard let summary = try store.progress(of: id)?.summary else { return nil }
      let run = try await WorkerRun(summary, program: program, jobs: jobs, in: store, context)
      state.withLock { $0.runs[id] = .some(run) }
      return run
    } catch {
      guard only == nil, !Task.isCancelled else { throw error }
      // Other runs may be at home here.
      let error = ErrorExplanation.commandError(error)
      context.status.failure(error, about: "run \(id)")
      state.withLock { state in
        state.runs[id] = .some(nil)
        state.tally.stop(error.message, error.exitCode)
      }
      return nil
    }
  }

  /// Takes nothing more of a run, and says why, once.
  private func stop(_ run: String, _ words: String, _ code: ExitCode) {
    let isNew = state.withLock { state in
      state.tally.stop(words, code)
      return state.stopped.insert(run).inserted
    }
    if isNew { context.status.warning(words) }
  }

  // MARK: A part

  private func carryOut(_ share: RunShare, _ run: WorkerRun) async {
    let part = share.part
    do {
      let report = try await run.carryOut(share) { outcome in self.note(outcome, of: part) }
      if let report { note(report, of: run.id) }
    } catch {
      if !Task.isCancelled { stopAll(error) }
    }
    share.close()
    do {
      try store.putDown(part)
    } catch {
      stopAll(error)
    }
    state.withLock { $0.partsUnderWay -= 1 }
  }

  private func note(_ outcome: ItemOutcome?, of part: HeldPart) {
    let line = state.withLock { state in
      state.tally.note(outcome)
      if outcome == nil { state.left.insert(part.id) }
      return state.tally.line
    }
    context.status.update("worker \(worker.id)  \(line)")
  }

  private func note(_ report: RunReport, of run: String) {
    state.withLock { $0.tally.spent += report.spent }
    switch report.stop {
    case .costLimit(let why):
      stop(
        run,
        SafeText.line(SettingWords.flags(in: why))
          + " To go on: tabscribe runs resume \(run) --cost-limit USD",
        .limit
      )
    case .unable(let error): stopAll(error)
    case .lost:
      context.status.warning(
        "Another worker has taken a recording over, since this one gave no sign of life for "
          + "\(NumberText.duration(worker.lease)); what was answered is kept."
      )
    // How many items of the whole run failed is asked before each part.
    case .failures, .interrupted, nil: break
    }
  }

  /// A trouble of this worker: what it holds goes back, and others may fare better.
  private func stopAll(_ error: any Error) {
    let error = ErrorExplanation.commandError(error)
    let isNew = state.withLock { state in
      defer { state.isStopped = true }
      state.tally.stop(error.message, error.exitCode)
      return !state.isStopped
    }
    if isNew { context.status.failure(error, about: "worker \(worker.id)") }
  }
}
