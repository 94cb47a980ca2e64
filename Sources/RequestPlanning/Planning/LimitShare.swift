internal import PlainText

/// How much of a model's limits a request uses.
public struct LimitShare: Hashable, Sendable {
  /// The part of the prompt limit, 1 for all of it.
  public let input: Double
  /// The part of the reply limit that the likeliest reply uses, thinking included.
  public let output: Double
  /// The decodes that the likeliest reply takes; more than one only where the model can go on.
  public let decodes: Int

  /// Shares of the prompt limit and the reply limit.
  public init(input: Double, output: Double, decodes: Int = 1) {
    self.input = input
    self.output = output
    self.decodes = decodes
  }

  /// The share of the prompt limit from which a video is better cut into clips.
  public static let inputWarning = 0.9
  /// The share of the reply limit from which a video is better cut into clips.
  public static let outputWarning = 0.6

  /// What to do about it, in one sentence; `nil` when both shares are well below the limits.
  public var problem: String? {
    if input > 1 {
      return
        "the prompt is \(NumberText.percent(input)) of what the model takes: lower fps or resolution, or "
        + "send it in clips"
    }
    if input > Self.inputWarning {
      return
        "the prompt is \(NumberText.percent(input)) of what the model takes: better sent in clips"
    }
    if decodes > 1 {
      return
        "the reply is likely to take \(decodes) decodes, each of which reads the prompt again: "
        + "better sent in clips"
    }
    if output > Self.outputWarning {
      return
        "the reply is likely to be \(NumberText.percent(output)) of what the model writes: better sent "
        + "in clips"
    }
    return nil
  }
}

extension ModelCard {
  /// How much of the limits some tokens use; `nil` when the limits are not published.
  public func share(of tokens: TokenEstimate, on platform: ModelPlatform) -> LimitShare? {
    guard let limits, limits.inputTokens > 0, limits.outputTokens > 0 else { return nil }
    let output = tokens.billedOutput.expected
    // Where a reply may take several decodes, prompt and reply share the prompt's limit.
    let read = tokens.input + (limits.longOutputTokens == nil ? 0 : output)
    let sound = limits.audioMinutes.flatMap { minutes in
      media?.audioTokensPerSecond[platform].map { Double(tokens.audio) / Double(minutes * 60 * $0) }
    }
    return LimitShare(
      input: max(Double(read) / Double(limits.inputTokens), sound ?? 0),
      output: Double(output) / Double(limits.outputTokens(on: platform)),
      decodes: decodes(output: output, on: platform)
    )
  }

  /// The decodes that a reply of so many tokens takes.
  func decodes(output: Int, on platform: ModelPlatform) -> Int {
    guard let limits, limits.longOutputTokens != nil else { return 1 }
    let one = max(1, limits.outputTokens(on: platform))
    return max(1, (output + one - 1) / one)
  }

  /// The tokens of a request as they are billed: each decode after the first reads the prompt and what
  /// was written so far once more.
  func overDecodes(_ tokens: TokenEstimate, on platform: ModelPlatform) -> TokenEstimate {
    let again = decodes(output: tokens.billedOutput.expected, on: platform) - 1
    guard again > 0, let one = limits?.outputTokens(on: platform) else { return tokens }
    var tokens = tokens
    tokens.text += again * tokens.input + one * again * (again + 1) / 2
    return tokens
  }

  /// The most tokens to ask of a reply that may take several decodes: as many whole decodes as hold
  /// the longest reply that is expected; `nil` where one decode is enough, or the model stops there.
  ///
  /// - Source: the Gemini API guide on long decode, 2026-11: above one decode's length
  ///   `maxOutputTokens` is the total of all.
  public func outputToAsk(for tokens: TokenEstimate, on platform: ModelPlatform) -> Int? {
    guard let limits, let most = limits.longOutputTokens else { return nil }
    let decodes = decodes(output: tokens.billedOutput.high, on: platform)
    guard decodes > 1 else { return nil }
    let room = min(most, limits.inputTokens - tokens.input)
    let asked = min(decodes * limits.outputTokens(on: platform), room)
    return asked > limits.outputTokens(on: platform) ? asked : nil
  }
}
