internal import HostSystem

/// Places for requests under way, which the parts that a worker carries out at once share.
///
/// Who comes first goes first.
public final class RequestGate: Sendable {
  private struct State {
    var free: Int
    var lastNumber = 0
    var waiting: [(number: Int, go: CheckedContinuation<Void, any Error>)] = []
  }

  private let state: Lock<State>

  /// A gate with so many places, `1...`.
  public init(places: Int) { state = Lock(State(free: places)) }

  /// Waits for a place.
  ///
  /// - Throws: `CancellationError`.
  public func enter() async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { go in
        let isFree = state.withLock { state in
          guard state.free == 0 else {
            state.free -= 1
            return true
          }
          state.waiting.append((number, go))
          return false
        }
        if isFree { go.resume() }
        // Cancelled before it waited: nobody else would end it.
        if Task.isCancelled { cancel(number) }
      }
    } onCancel: {
      cancel(number)
    }
  }

  /// Gives a place to the next one.
  public func leave() {
    let next = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return CheckedContinuation<Void, any Error>?.none
      }
      return state.waiting.removeFirst().go
    }
    next?.resume()
  }

  private func cancel(_ number: Int) {
    let waiter = state.withLock { state in
      state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).go }
    }
    waiter?.resume(throwing: CancellationError())
  }
}
