public import GeminiAPI

/// Which of Google's services a model is reached through; limits, rates and prices differ.
public enum ModelPlatform: String, Hashable, Sendable, CaseIterable {
  /// The Gemini API of AI Studio.
  case aiStudio = "ai-studio"
  /// The Agent Platform of Google Cloud.
  case agentPlatform = "agent-platform"

  /// The name people use.
  public var title: String {
    switch self {
    case .aiStudio: "AI Studio"
    case .agentPlatform: "Agent Platform"
    }
  }
}

extension GeminiConfiguration.Backend {
  /// The platform by which models are offered there.
  public var platform: ModelPlatform {
    switch self {
    case .aiStudio: .aiStudio
    case .agentPlatform: .agentPlatform
    }
  }
}
