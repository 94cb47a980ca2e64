public import GeminiAPI

/// How much a request asks the model to think.
public enum ThinkingSetting: Hashable, Sendable {
  /// What the model does when nothing is said.
  case automatic
  /// A named level.
  case level(ThinkingConfig.Level)
  /// At most so many tokens; 0 is off, -1 leaves it to the model.
  case budget(Int)

  /// What the setting comes to with a model whose default is known.
  func resolved(by control: ThinkingControl) -> ThinkingSetting {
    guard self == .automatic, let setting = control.defaultSetting else { return self }
    return Int(setting).map(ThinkingSetting.budget) ?? .level(.init(name: setting))
  }

  /// The tokens to expect, a rough guess: what a request thinks depends on its content.
  ///
  /// The steps are ours, chosen so that each level's most is about the next level's likeliest
  /// times four; runs of the user's own replace them.
  func tokens(with control: ThinkingControl) -> TokenRange {
    guard control.kind != .none else { return .zero }
    switch resolved(by: control) {
    case .budget(0): return .zero
    case .budget(let most) where most > 0:
      return TokenRange(low: 0, expected: most / 4, high: most)
    case .level(let level): return Self.tokens(of: level)
    case .budget, .automatic: return Self.tokens(of: .medium)
    }
  }

  private static func tokens(of level: ThinkingConfig.Level) -> TokenRange {
    switch level {
    case .minimal: TokenRange(low: 0, expected: 0, high: 300)
    case .low: TokenRange(low: 100, expected: 800, high: 4000)
    case .medium: TokenRange(low: 300, expected: 2000, high: 10_000)
    default: TokenRange(low: 800, expected: 6000, high: 32_000)
    }
  }
}
