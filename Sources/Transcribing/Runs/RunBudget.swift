internal import GeminiAPI
internal import HostSystem
internal import RequestPlanning
internal import RunStore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The money of a run: what every request has cost, and whether one more may be sent.
///
/// A request is reserved for before it is sent and settled when its reply has ended. Beside others
/// under way it is sent only when all of them stay within the limit even at their dearest; else it
/// waits, and by itself it needs to stay within the limit at its likeliest. So the limit is passed by
/// no more than what a single answer costs beyond its estimate.
final class RunBudget: Sendable {
  /// Room for a request under way.
  struct Reservation: Hashable, Sendable {
    fileprivate let number: Int
    /// What the request is expected to cost; `nil` when that is not known.
    let expected: Decimal?
  }

  private typealias Waiter = (
    number: Int, cost: CostRange?, go: CheckedContinuation<Reservation, any Error>
  )

  private struct State {
    var spent: Decimal
    /// What requests count for whose price nobody knows.
    var assumed = Decimal(0)
    var held: [Int: CostRange] = [:]
    var waiting: [Waiter] = []
    var lastNumber = 0
    var dearest = Decimal(0)
    /// What the requests that were settled were expected to cost, and what they did.
    var settled = (expected: Decimal(0), billed: Decimal(0))
    var refusal: String?

    /// How many times as much as estimated the answers of the run cost so far, `1...`: what made them
    /// dearer, such as a length that was stated wrong, most likely holds for the next ones.
    ///
    /// `nil` before the first of them has ended.
    var excess: Decimal? {
      settled.expected > 0 ? max(1, settled.billed / settled.expected) : nil
    }

    /// What a request is taken to cost of which nothing is known.
    var unknown: CostRange {
      CostRange(low: dearest, expected: dearest, high: dearest)
    }
  }

  // Until an answer has shown what they are worth, estimates are held to be wrong by so much where
  // several requests rely on them at once: as when the length of all sources was stated wrong. A
  // limit far above costs no time; near it the first request is sent alone.
  private static let doubt = Decimal(10)

  private let limit: CostLimit?
  /// Who looks after the limit of a run that several workers carry out; `nil` for a run of its own.
  private let share: RunShare?
  private let state: Lock<State>

  /// - Parameters:
  ///   - limit: The most that the run may cost, in US dollars.
  ///   - spent: What it has cost before it was taken up.
  ///   - share: Looks after the limit in place of this.
  init(limit: Decimal?, spent: Decimal = 0, share: RunShare? = nil) {
    self.limit = share == nil ? limit.map(CostLimit.init(dollars:)) : nil
    self.share = share
    state = Lock(State(spent: spent))
  }

  /// What was spent, as far as prices are known.
  var spent: Decimal { state.withLock { $0.spent } }

  /// Why a request was not sent; `nil` when none was held back.
  var refusal: String? { state.withLock { $0.refusal } }

  /// Waits until a request may be sent.
  ///
  /// - Parameter cost: What it is expected to cost; `nil` when that cannot be known, and then it counts
  ///   like the dearest so far.
  /// - Throws: `GeminiError` with the code `costLimit`; `CancellationError`.
  func reserve(_ cost: CostRange?) async throws -> Reservation {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { go in
        let answers = state.withLock { state in
          state.waiting.append((number, cost, go))
          return Self.admit(&state, limit)
        }
        for answer in answers { answer() }
        // Cancelled before it waited: nobody else would end it.
        if Task.isCancelled { cancel(number) }
      }
    } onCancel: {
      cancel(number)
    }
  }

  /// Notes that a request has ended, and what it cost.
  ///
  /// - Parameters:
  ///   - isAnswered: Whether anything came, which is due also where nobody knows its price.
  func settle(_ reservation: Reservation, bill: Decimal?, isAnswered: Bool) {
    let answers = state.withLock { state in
      state.held[reservation.number] = nil
      if isAnswered, bill == nil { state.assumed += reservation.expected ?? 0 }
      if let bill {
        state.spent += bill
        state.dearest = max(state.dearest, bill)
        if let expected = reservation.expected {
          state.settled.expected += expected
          state.settled.billed += bill
        }
      }
      return Self.admit(&state, limit)
    }
    for answer in answers { answer() }
  }

  /// Counts what has a price and no bill, such as a cache that is created and kept.
  ///
  /// - Returns: Whether it is within the limit, with all that is under way; if not, nothing is
  ///   counted.
  func charge(_ cost: Decimal) -> Bool {
    if let share { return share.charge(cost) }
    return state.withLock { state in
      let held = state.held.values.map(\.high).reduce(0, +)
      let spent = state.spent + state.assumed
      if case .refuse = limit?.verdict(spent: spent, running: held, next: cost) { return false }
      state.assumed += cost
      return true
    }
  }

  /// Counts a request that is sent with others later, and whose bill comes later still.
  ///
  /// - Parameter cost: What it is expected to cost; `nil` when that cannot be known, and then it
  ///   counts as nothing.
  /// - Throws: `GeminiError` with the code `costLimit`.
  func commit(_ cost: Decimal?) throws {
    guard let cost, !charge(cost) else { return }
    let refusal = state.withLock { state -> String in
      let spent = state.spent + state.assumed
      var why = "One more request would pass the limit."
      if case .refuse(let words) = limit?.verdict(spent: spent, next: cost) { why = words }
      state.refusal = why
      return why
    }
    throw Self.error(refusal)
  }

  /// Makes sure that an answer which the service has interrupted may be taken up: what is left of it
  /// may cost as much again.
  ///
  /// - Parameter running: What it has cost so far.
  /// - Throws: `GeminiError` with the code `costLimit`.
  func checkGoingOn(_ reservation: Reservation, running: Decimal) throws {
    guard let limit else { return }
    let refusal = state.withLock { state -> String? in
      state.held[reservation.number] = CostRange(
        low: running,
        expected: running * 2,
        high: running * 2
      )
      let others = state.held.filter { $0.key != reservation.number }.values.map(\.expected)
      guard
        case .refuse(let why) = limit.verdict(
          spent: state.spent + state.assumed + running,
          running: others.reduce(0, +),
          next: running
        )
      else { return nil }
      state.refusal = why
      return why
    }
    if let refusal { throw Self.error(refusal) }
  }

  private func cancel(_ number: Int) {
    let waiter = state.withLock { state -> Waiter? in
      guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
      return state.waiting.remove(at: index)
    }
    waiter?.go.resume(throwing: CancellationError())
  }

  static func error(_ refusal: String) -> GeminiError {
    GeminiError(
      .costLimit,
      refusal,
      remedy:
        "Take the run up with a higher one: tabscribe runs resume, with the setting costLimit."
    )
  }
}

extension RunBudget {
  /// Whether a request may be sent by what all workers of a run have spent.
  static func judgement(
    on cost: CostRange?,
    _ spending: RunSpending,
    limit: Decimal
  ) -> CostJudgement {
    var state = State(spent: spending.billed)
    (state.assumed, state.dearest) = (spending.assumed, spending.dearest)
    state.settled = spending.compared
    for (number, expected) in spending.underWay.enumerated() {
      let known = expected.map { CostRange(low: $0, expected: $0, high: $0) }
      state.held[number] = known ?? state.unknown
    }
    switch verdict(on: cost ?? state.unknown, state, CostLimit(dollars: limit)) {
    case .proceed: return .proceed
    case .refuse(let why): return state.held.isEmpty ? .refuse(why) : .wait
    }
  }

  /// What is to be done with those who wait, in their order, outside of the lock.
  private static func admit(_ state: inout State, _ limit: CostLimit?) -> [@Sendable () -> Void] {
    var answers: [@Sendable () -> Void] = []
    var left: [Waiter] = []
    for waiter in state.waiting {
      let cost = waiter.cost ?? state.unknown
      switch verdict(on: cost, state, limit) {
      case .proceed:
        state.held[waiter.number] = cost
        let reservation = Reservation(number: waiter.number, expected: waiter.cost?.expected)
        answers.append { waiter.go.resume(returning: reservation) }
      case .refuse(let why):
        guard state.held.isEmpty else {
          left.append(waiter)
          continue
        }
        state.refusal = why
        answers.append { waiter.go.resume(throwing: error(why)) }
      }
    }
    state.waiting = left
    return answers
  }

  private static func verdict(
    on cost: CostRange,
    _ state: State,
    _ limit: CostLimit?
  ) -> CostLimit.Verdict {
    guard let limit else { return .proceed }
    let spent = state.spent + state.assumed
    guard !state.held.isEmpty else {
      return limit.verdict(spent: spent, next: cost.expected * (state.excess ?? 1))
    }
    let factor = state.excess ?? Self.doubt
    let held = state.held.values.map(\.high).reduce(0, +)
    return limit.verdict(spent: spent, running: held * factor, next: cost.high * factor)
  }
}
