internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

/// Shows what a worker does, and counts it.
final class WorkerReport: Sendable {
  private let worker: Worker
  private let context: CommandContext
  private let counts = Lock(WorkerTally())

  init(_ worker: Worker, _ context: CommandContext) {
    (self.worker, self.context) = (worker, context)
  }

  /// What was done, when the worker has ended.
  func tally() -> WorkerTally {
    context.status.clear()
    if Task.isCancelled {
      let words = "Interrupted; what was answered is kept, and the rest is free for others."
      context.status.message(words)
      stop(words, .interrupted)
    }
    return counts.withLock(\.self)
  }

  /// Shows an event.
  func hear(_ event: WorkerEvent) {
    switch event {
    case .ended(let outcome): note(outcome)
    case .left(let item, let why):
      sayLeft(item, why)
      note(nil)
    case .spent(let dollars): counts.withLock { $0.spent += dollars }
    case .waits(let held):
      context.status.message(
        "Nothing is free; what others hold, \(NumberText.counted(held, "recording")), may come back, and "
          + "this worker waits."
      )
    case .unable(let run, let error): show(error, about: "run \(run)")
    case .failed(let error): show(error, about: "worker \(worker.id)")
    case .stopped(let run, let why): sayStopped(run, why)
    case .lost:
      context.status.warning(
        "Another worker has taken a recording over, since this one gave no sign of life for "
          + "\(NumberText.duration(worker.lease)); what was answered is kept."
      )
    }
  }

  private func note(_ outcome: ItemOutcome?) {
    let line = counts.withLock { tally in
      tally.note(outcome)
      return tally.line
    }
    context.status.update("worker \(worker.id)  \(line)")
  }

  private func stop(_ words: String, _ code: ExitCode) { counts.withLock { $0.stop(words, code) } }

  private func show(_ error: any Error, about what: String) {
    let error = ErrorExplanation.commandError(error)
    stop(error.message, error.exitCode)
    context.status.failure(error, about: what)
  }

  private func sayStopped(_ run: String, _ why: WorkerStop) {
    let (words, code): (String, ExitCode) =
      switch why {
      case .tooManyFailures(let count):
        ("Stopped after \(count) failed sources, as --max-failures asks.", .incomplete)
      case .costLimit(let why):
        (
          SafeText.line(SettingWords.flags(in: why))
            + " To go on: tabscribe runs resume \(run) --cost-limit USD", .limit
        )
      }
    stop(words, code)
    context.status.warning(words)
  }

  private func sayLeft(_ item: StoredItem, _ why: LeftItem) {
    let words =
      switch why {
      case .refused(let source): ErrorExplanation.commandError(source).message
      case .changed:
        "its contents, or the prompt, service or settings of this machine, are not those it was "
          + "enqueued with."
      case .missing: "there is no such source on this machine."
      }
    context.status.warning(
      "\(item.reference), \(SafeText.line(item.item.source.uri)), is left to other workers: "
        + SafeText.line(words)
    )
  }
}
