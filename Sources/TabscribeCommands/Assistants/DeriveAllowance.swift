internal import HostSystem
internal import ModelContextProtocol

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The money that an assistant's recipes may cost, all of them together; one is asked at a time, so that
/// none spends what another counts on.
final class DeriveAllowance: Sendable {
  private struct State {
    var left: Decimal
    var isBusy = false
  }

  /// No money.
  static let none = DeriveAllowance(limit: 0)

  private let limit: Decimal
  private let state: Lock<State>

  /// - Parameter limit: In US dollars.
  init(limit: Decimal) {
    self.limit = limit
    state = Lock(State(left: limit))
  }

  /// What is left, for one who spends; ``settle(_:)`` gives it back.
  func take() throws(ToolFailure) -> Decimal {
    let taken = state.withLock { state -> Decimal? in
      guard !state.isBusy else { return nil }
      state.isBusy = true
      return state.left
    }
    guard let taken else {
      throw ToolFailure("Another recipe is under way; ask again when it has ended.")
    }
    guard taken > 0 else {
      settle(0)
      throw ToolFailure("The limit of \(limit) USD is spent. Tell the user, who can set another.")
    }
    return taken
  }

  /// Notes what was spent.
  ///
  /// - Returns: What is left.
  @discardableResult func settle(_ spent: Decimal) -> Decimal {
    state.withLock { state in
      state.left = max(0, state.left - spent)
      state.isBusy = false
      return state.left
    }
  }
}
