/// How much of a model's limits a request uses.
public struct LimitShare: Hashable, Sendable {
  /// The part of the prompt limit, 1 for all of it.
  public let input: Double
  /// The part of the reply limit that the likeliest reply uses, thinking included.
  public let output: Double

  /// Shares of the prompt limit and the reply limit.
  public init(input: Double, output: Double) {
    self.input = input
    self.output = output
  }

  /// The share of the prompt limit from which a video is better cut into clips.
  public static let inputWarning = 0.9
  /// The share of the reply limit from which a video is better cut into clips.
  public static let outputWarning = 0.6

  /// What to do about it, in one sentence; `nil` when both shares are well below the limits.
  public var problem: String? {
    if input > 1 {
      return "the prompt is \(percent(input)) of what the model takes: lower fps or resolution, or "
        + "send it in clips"
    }
    if input > Self.inputWarning {
      return "the prompt is \(percent(input)) of what the model takes: better sent in clips"
    }
    if output > Self.outputWarning {
      return "the reply is likely to be \(percent(output)) of what the model writes: better sent "
        + "in clips"
    }
    return nil
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

extension ModelCard {
  /// How much of the limits some tokens use; `nil` when the limits are not published.
  public func share(of tokens: TokenEstimate, on platform: ModelPlatform) -> LimitShare? {
    guard let limits, limits.inputTokens > 0, limits.outputTokens > 0 else { return nil }
    return LimitShare(
      input: Double(tokens.input) / Double(limits.inputTokens),
      output: Double(tokens.billedOutput.expected) / Double(limits.outputTokens(on: platform))
    )
  }
}
