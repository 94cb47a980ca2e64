/// How a model's thinking is set, and to what.
public struct ThinkingControl: Hashable, Sendable {
  /// The knob a model has.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A named level.
    case level
    /// A number of tokens.
    case budget
    /// The model does not think.
    case none
    /// Not published.
    case unknown
  }

  /// The knob.
  public let kind: Kind
  /// The levels the model takes, in lower case, least first; empty when not published.
  public let levels: [String]
  /// Levels the model is known to refuse, and `budget` where it refuses any budget.
  public let refusedLevels: [String]
  /// What holds when nothing is said: a level, or a budget as text (`-1` leaves it to the model).
  public let defaultSetting: String?
  /// The budgets the model takes, besides 0 and -1.
  public let budgets: ClosedRange<Int>?
  /// Whether a budget of 0 switches thinking off.
  public let canDisable: Bool

  /// Why a level cannot be sent to the model, or `nil` when it can or nothing is known against it.
  public func objection(toLevel level: String) -> String? {
    let level = level.lowercased()
    switch kind {
    case .none: return "the model does not think"
    case .budget: return "the model takes a thinking budget, not a level"
    case .unknown: return nil
    case .level where refusedLevels.contains(level): return "the model refuses \(level)"
    case .level where levels.isEmpty || levels.contains(level): return nil
    case .level: return "the model takes \(levels.joined(separator: ", "))"
    }
  }

  /// Why a budget of tokens cannot be sent to the model, or `nil` when it can or nothing is known
  /// against it; 0 is off, -1 leaves it to the model.
  public func objection(toBudget tokens: Int) -> String? {
    switch kind {
    case .none: return "the model does not think"
    case .unknown: return nil
    // Accepted for compatibility, but for models that are known to refuse it.
    case .level: return refusedLevels.contains("budget") ? "the model takes a level" : nil
    case .budget:
      guard let budgets, tokens != -1, !(tokens == 0 && canDisable), !budgets.contains(tokens)
      else {
        return nil
      }
      return "the model takes a budget of \(budgets.lowerBound) to \(budgets.upperBound) tokens"
    }
  }
}
