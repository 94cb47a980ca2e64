internal import HostSystem

/// Plays a scenario.
final class FaultPlan: Sendable {
  private struct State {
    var attempts: [String: Int] = [:]
    var matched: [Int: Int] = [:]
    var played: [Int: Int] = [:]
  }

  private let scenario: Scenario
  private let seed: UInt64
  private let state = Lock(State())

  init(_ scenario: Scenario, seed: UInt64) {
    self.scenario = scenario
    self.seed = seed
  }

  /// The fault for a request, if any; `key` is the same for each try of the same request.
  func fault(for operation: Scenario.Operation, model: String?, key: String) -> Fault? {
    guard !scenario.rules.isEmpty else { return nil }
    return state.withLock { state in
      let attempt = state.attempts[key, default: 0] + 1
      state.attempts[key] = attempt
      for (index, rule) in scenario.rules.enumerated()
      where rule.matches(operation, model: model) && attempt <= rule.attempts ?? attempt {
        state.matched[index, default: 0] += 1
        guard state.matched[index, default: 0] > rule.skip,
          state.played[index, default: 0] < rule.times ?? Int.max,
          isChosen(index, rule, key: key, attempt: attempt)
        else { continue }
        state.played[index, default: 0] += 1
        return rule.fault
      }
      return nil
    }
  }

  private func isChosen(_ index: Int, _ rule: Scenario.Rule, key: String, attempt: Int) -> Bool {
    guard rule.share < 1 else { return true }
    var random = SplitMix(seed: seed, "\(index) \(attempt) \(key)")
    return Double.random(in: 0..<1, using: &random) < rule.share
  }
}
