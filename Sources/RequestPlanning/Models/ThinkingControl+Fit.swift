public import GeminiAPI

extension ThinkingControl {
  /// What a wished level comes to with the model: the lowest level it takes at or above the wish, or
  /// its highest; for a model with a budget, tokens; `nil` for one that does not think.
  ///
  /// A model of which nothing is known gets what is wished.
  ///
  /// - Source: the budgets are those that Google gives for the levels of other interfaces (Gemini
  ///   API, OpenAI compatibility: low 1,024, medium 8,192, high 24,576 tokens).
  public func fitted(_ wish: ThinkingConfig.Level) -> ThinkingSetting? {
    switch kind {
    case .none: return nil
    case .unknown: return .level(wish)
    case .budget: return .budget(budget(for: wish))
    case .level:
      let order = ThinkingConfig.Level.allCases
      let taken = order.filter { objection(toLevel: $0.name) == nil }
      guard let place = order.firstIndex(of: wish), !taken.isEmpty else { return .level(wish) }
      let above = order[place...].first { taken.contains($0) }
      return (above ?? taken.last).map(ThinkingSetting.level)
    }
  }

  private func budget(for level: ThinkingConfig.Level) -> Int {
    let range = budgets ?? 0...24_576
    let wished =
      switch level {
      case .minimal: 0
      case .low: 1024
      case .medium: 8192
      default: 24_576
      }
    if wished == 0, canDisable { return 0 }
    return min(max(wished, range.lowerBound), range.upperBound)
  }
}
