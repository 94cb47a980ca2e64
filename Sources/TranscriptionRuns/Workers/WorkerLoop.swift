internal import HostSystem
package import RunStore
internal import Transcribing

/// A worker: takes parts of enqueued runs as it has places for their requests, until nothing is left to take.
///
/// What others hold is waited for, since it comes back when they die.
package final class WorkerLoop: Sendable {
  /// How often one looks again when nothing is free, while own parts are under way and while only others
  /// are.
  private static let (pause, longPause) = (Duration.milliseconds(100), Duration.milliseconds(500))

  private struct State {
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
  private let gate: RequestGate
  private let open: @Sendable (RunSummary) async throws -> WorkerRun
  private let tell: @Sendable (WorkerEvent) -> Void
  private let state = Lock(State())

  /// A worker that has not begun.
  ///
  /// - Parameters:
  ///   - only: The run to work on; `nil` for any that is enqueued.
  ///   - worker: The worker as the store knows it.
  ///   - jobs: The most requests at a time, `1...`.
  ///   - store: Where the runs are.
  ///   - open: Makes ready to carry out a run on this machine.
  ///   - tell: Gets each event, from any thread.
  package init(
    only: String?,
    _ worker: Worker,
    jobs: Int,
    in store: RunStore,
    open: @escaping @Sendable (RunSummary) async throws -> WorkerRun,
    tell: @escaping @Sendable (WorkerEvent) -> Void
  ) {
    (self.only, self.worker, self.store) = (only, worker, store)
    (self.open, self.tell) = (open, tell)
    gate = RequestGate(places: jobs)
  }

  /// Works until nothing is left or the task is cancelled, and gives back what it holds.
  ///
  /// - Throws: `RunStoreError`, and why the one run it was to work on cannot be carried out here.
  package func run() async throws {
    let signs = signsOfLife()
    let failure = await failure()
    signs.cancel()
    try end(failure)
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

  /// Gives back what is held.
  private func end(_ failure: (any Error)?) throws {
    if let failure {
      try? store.end(worker)
      throw failure
    }
    try store.end(worker)
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
          stop(id, .tooManyFailures(count))
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
    if isNew { tell(.waits(held: held)) }
  }

  /// A run, looked at once.
  private func opened(_ id: String) async throws -> WorkerRun? {
    if let known = state.withLock({ $0.runs[id] }) { return known }
    do {
      guard let summary = try store.progress(of: id)?.summary else { return nil }
      let run = try await open(summary)
      state.withLock { $0.runs[id] = .some(run) }
      return run
    } catch {
      guard only == nil, !Task.isCancelled else { throw error }
      // Other runs may be at home here.
      state.withLock { $0.runs[id] = .some(nil) }
      tell(.unable(run: id, error))
      return nil
    }
  }

  /// Takes nothing more of a run, and says why, once.
  private func stop(_ run: String, _ why: WorkerStop) {
    let isNew = state.withLock { $0.stopped.insert(run).inserted }
    if isNew { tell(.stopped(run: run, why)) }
  }

  // MARK: A part

  private func carryOut(_ share: RunShare, _ run: WorkerRun) async {
    let part = share.part
    do {
      let report = try await run.carryOut(share) { self.note($0, of: part) }
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

  private func note(_ event: WorkerEvent, of part: HeldPart) {
    if case .left = event { state.withLock { _ = $0.left.insert(part.id) } }
    tell(event)
  }

  private func note(_ report: RunReport, of run: String) {
    tell(.spent(report.spent))
    switch report.stop {
    case .costLimit(let why): stop(run, .costLimit(why))
    case .unable(let error): stopAll(error)
    case .lost: tell(.lost)
    // How many items of the whole run failed is asked before each part.
    case .failures, .interrupted, nil: break
    }
  }

  private func stopAll(_ error: any Error) {
    let isNew = state.withLock { state in
      defer { state.isStopped = true }
      return !state.isStopped
    }
    if isNew { tell(.failed(error)) }
  }
}
