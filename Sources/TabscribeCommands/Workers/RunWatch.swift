internal import CommandLineInterface
internal import PlainText
internal import RunStore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `runs show --watch`: how a run goes, until it ends.
struct RunWatch {
  /// How long at most nothing is looked at where the store tells of changes; files are looked at so often.
  private static let pause = Duration.seconds(1)

  let run: String
  let store: RunStore
  let context: CommandContext

  /// Shows what changes: a line each, or on a terminal one line redrawn and a line for each worker that comes or
  /// goes.
  func follow() async throws {
    var shown: [Int64: WorkerState] = [:]
    var last = ""
    while let progress = try store.progress(of: run) {
      for worker in progress.workers where Self.differs(worker, shown[worker.id]) {
        context.status.message(Self.line(worker))
        shown[worker.id] = worker
      }
      let line = Self.line(progress)
      if context.status.liveWidth != nil {
        context.status.update(line)
      } else if Self.counts(progress) != last {
        context.status.message(line)
      }
      last = Self.counts(progress)
      guard progress.isUnderWay else { break }
      try Task.checkCancellation()
      try await store.awaitChange(atMost: Self.pause)
    }
    context.status.clear()
  }

  private static func differs(_ worker: WorkerState, _ before: WorkerState?) -> Bool {
    guard let before else { return true }
    return before.isGone != worker.isGone
  }

  /// What a worker is and does: `worker 3: process 4711 on archive-2, -j 8, holds 5, ended 120`.
  static func line(_ worker: WorkerState) -> String {
    let state = worker.isGone ? "gone" : "holds \(worker.held)"
    return "worker \(worker.id): process \(worker.process.number) on "
      + "\(SafeText.line(worker.process.host)), -j \(worker.jobs), \(state), ended \(worker.ended)"
  }

  /// What makes a change, without what only time changes.
  private static func counts(_ progress: WorkProgress) -> String {
    let workers = progress.workers.count { !$0.isGone }
    return "\(progress.summary.status) \(progress.summary.itemsText) \(workers) "
      + "\(progress.holds.keys.sorted())"
  }

  static func line(_ progress: WorkProgress) -> String {
    let summary = progress.summary
    let ended = summary.itemCount - progress.left
    var facts = [
      "\(NumberText.grouped(ended)) of \(NumberText.grouped(summary.itemCount)) items ended"
    ]
    for (status, word) in [(ItemStatus.partial, "partial"), (.failed, "failed")] {
      guard let count = summary.itemCounts[status] else { continue }
      facts.append("\(NumberText.grouped(count)) \(word)")
    }
    if summary.workers != nil {
      let count = progress.workers.count { !$0.isGone }
      facts.append(count == 0 ? "no worker" : NumberText.counted(count, "worker"))
      facts.append("\(NumberText.counted(progress.requestsUnderWay, "request")) under way")
    }
    if let rate = progress.itemsPerMinute { facts.append("\(rounded(rate)) items/min") }
    if let rate = progress.requestsPerMinute { facts.append("\(rounded(rate)) requests/min") }
    if progress.spent > 0 || summary.costLimit != nil {
      let limit = summary.costLimit.map { " of \(MoneyText.rendered($0))" } ?? ""
      facts.append("\(MoneyText.rendered(progress.spent))\(limit) USD")
    }
    for (model, time) in progress.holds.sorted(by: { $0.key < $1.key }) {
      let wait = NumberText.duration(.milliseconds(time))
      facts.append("quota of \(SafeText.line(model)) used up for \(wait)")
    }
    if progress.left > 0, progress.isUnderWay, let seconds = progress.secondsLeft {
      facts.append("\(NumberText.roughly(.seconds(seconds))) left")
    }
    return facts.joined(separator: " · ")
  }

  private static func rounded(_ rate: Double) -> String {
    rate < 10 ? "\((rate * 10).rounded() / 10)" : NumberText.grouped(Int(rate.rounded()))
  }
}

extension WorkProgress {
  /// Whether anything is still to come: an enqueued run waits for workers.
  var isUnderWay: Bool {
    summary.status == .running || summary.status == .waiting && summary.workers != nil
  }
}
