internal import HostSystem

/// The tasks that answer requests, so that a stop can cancel them and wait for their end.
final class TaskRegister: Sendable {
  private struct State {
    var tasks: [Int: Task<Void, Never>] = [:]
    var next = 0
    var isStopped = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Lock(State())

  /// Runs the work in a task of its own; `false` when nothing is run any more after a stop.
  func run(_ work: @escaping @Sendable () async -> Void) -> Bool {
    state.withLock { state in
      guard !state.isStopped else { return false }
      let id = state.next
      state.next += 1
      let task = Task.detached {
        await work()
        self.remove(id)
      }
      state.tasks[id] = task
      return true
    }
  }

  private func remove(_ id: Int) {
    let waiter = state.withLock { state in
      state.tasks[id] = nil
      guard state.tasks.isEmpty else { return nil as CheckedContinuation<Void, Never>? }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Cancels every task and waits until all have ended.
  func stop() async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        state.isStopped = true
        for task in state.tasks.values { task.cancel() }
        if !state.tasks.isEmpty { state.waiter = continuation }
        return state.tasks.isEmpty
      }
      if isDone { continuation.resume() }
    }
  }
}
