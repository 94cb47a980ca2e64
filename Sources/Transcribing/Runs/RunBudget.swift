internal import GeminiAPI
internal import Locking
internal import RequestPlanning

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The money of a run: what every request has cost, and whether one more may be sent.
final class RunBudget: Sendable {
  private struct State {
    var spent = Decimal(0)
    var dearest = Decimal(0)
    var refusal: String?
  }

  private let limit: Decimal?
  private let state = Lock(State())

  init(limit: Decimal?) { self.limit = limit }

  /// What was spent, as far as prices are known.
  var spent: Decimal { state.withLock { $0.spent } }

  /// Why a request was not sent; `nil` when none was held back.
  var refusal: String? { state.withLock { $0.refusal } }

  /// Notes what a reply cost.
  func note(_ bill: Decimal?) {
    guard let bill else { return }
    state.withLock { state in
      state.spent += bill
      state.dearest = max(state.dearest, bill)
    }
  }

  /// Makes sure that one more request of the usual size stays within the limit.
  ///
  /// - Parameter running: What the answer that is under way has cost so far.
  /// - Throws: `GeminiError` with the code `costLimit`.
  func check(running: Decimal = 0) throws {
    guard let limit else { return }
    let refusal = state.withLock { state -> String? in
      let next = running > 0 ? running : state.dearest
      guard state.spent + running + next > limit else { return nil }
      state.refusal =
        "\((state.spent + running).dollars) USD are spent and the next request may cost another "
        + "\(next.dollars) USD, which passes the limit of \(limit.dollars) USD; raise it and resume."
      return state.refusal
    }
    guard let refusal else { return }
    throw GeminiError(
      .costLimit,
      refusal,
      remedy: "Raise --cost-limit, and take the run up with tabscribe runs resume"
    )
  }
}
