internal import GeminiAPI
internal import TranscriptModel

/// A request as far as its tokens go.
public struct RequestShape: Hashable, Sendable {
  /// The media; `nil` for a request of text only.
  public var media: MediaSelection?
  /// Tokens of the text: instructions, schema and whatever else is sent.
  public var textTokens: Int
  /// Whether the service counted the text.
  public var textIsCounted: Bool
  /// What the reply looks like.
  public var output: OutputShape
  /// How much thinking is asked for.
  public var thinking: ThinkingSetting

  /// A request as far as its tokens go.
  public init(
    media: MediaSelection?,
    textTokens: Int,
    textIsCounted: Bool = false,
    output: OutputShape,
    thinking: ThinkingSetting = .automatic
  ) {
    self.media = media
    self.textTokens = textTokens
    self.textIsCounted = textIsCounted
    self.output = output
    self.thinking = thinking
  }
}

/// Estimates the tokens of requests to one model on one platform.
///
///     let estimator = TokenEstimator(card: card, platform: .agentPlatform)
///     estimator.estimate(shape).input  // 16917 for 59 s at 258 a frame and 220 tokens of text
public struct TokenEstimator: Sendable {
  /// The model.
  public let card: ModelCard
  /// The platform.
  public let platform: ModelPlatform
  /// What the user's own runs showed.
  public let learned: LearnedRates

  /// An estimator; without runs of the user's own it works from the card alone.
  public init(card: ModelCard, platform: ModelPlatform, learned: LearnedRates = LearnedRates()) {
    self.card = card
    self.platform = platform
    self.learned = learned
  }

  /// The tokens of a request.
  ///
  /// Frames are `ceil(seconds * framesPerSecond)`, sound `ceil(seconds * rate)`, each by the rates
  /// of the card; the reply is a range.
  public func estimate(_ shape: RequestShape) -> TokenEstimate {
    let rate = frameRate(shape.media?.resolution ?? .unspecified)
    let media = shape.media
    let output = output(of: shape)
    return TokenEstimate(
      frames: rate.tokens == 0 ? 0 : media?.frames ?? 0,
      video: media.map { videoTokens($0, perFrame: rate.tokens) } ?? 0,
      audio: media.map(audioTokens) ?? 0,
      text: shape.textTokens,
      textIsCounted: shape.textIsCounted,
      output: output.tokens,
      thinking: thinking(of: shape),
      rateBasis: media == nil ? .none : rate.basis,
      tokensPerFrame: rate.tokens,
      outputRuns: output.runs
    )
  }

  /// Tokens for each frame: the user's runs, then measurements of the model, then the published.
  func frameRate(_ resolution: MediaResolution) -> (tokens: Int, basis: TokenEstimate.RateBasis) {
    if let own = learned.tokensPerFrame(model: card.id, platform: platform, resolution) {
      return (own.tokens, .ownRuns(count: own.runs))
    }
    if let measured = card.measuredTokensPerFrame[resolution] { return (measured, .measured) }
    let published = card.media?.tokensPerFrame[resolution] ?? 0
    return (published, card.mediaIsAssumed ? .assumed : .published)
  }

  private func videoTokens(_ media: MediaSelection, perFrame: Int) -> Int {
    guard perFrame > 0 else { return 0 }
    guard !media.isAgentic else {
      return Int((Double(media.frames * perFrame) * Self.agenticShare).rounded())
    }
    let frames = media.frames
    let hour = 3_600_000
    let late = max(0, media.range.end.milliseconds - max(hour, media.range.start.milliseconds))
    let lateFrames = media.hasVideo ? min(frames, media.framesUpTo(late)) : 0
    let stamps = card.media?.timestampTokens[platform]
    // Rates learnt from bills hold the time of the frames already.
    let isLearned =
      learned.tokensPerFrame(model: card.id, platform: platform, media.resolution) != nil
    guard let stamps, !isLearned else { return frames * perFrame }
    return frames * perFrame + (frames - lateFrames) * stamps.belowOneHour
      + lateFrames * stamps.fromOneHour
  }

  /// The part of all frames that a model which chooses its own loads: a public test of September 2026
  /// used 7,700 tokens against 19,600 of all frames.
  private static let agenticShare = 0.4

  private func audioTokens(_ media: MediaSelection) -> Int {
    guard media.hasAudio, let rate = card.media?.audioTokensPerSecond[platform] else { return 0 }
    return (media.range.milliseconds * rate + 999) / 1000
  }

  /// The visible reply: by the user's runs where there are enough, else by its shape.
  private func output(of shape: RequestShape) -> (tokens: TokenRange, runs: Int) {
    let seconds = Double(shape.media?.range.milliseconds ?? 0) / 1000
    return learned.outputTokens(model: card.id, shape: shape.output, seconds: seconds)
      ?? (OutputEstimator(shape: shape.output).tokens(seconds: seconds), 0)
  }

  private func thinking(of shape: RequestShape) -> TokenRange {
    learned.thinkingTokens(model: card.id, shape.thinking.resolved(by: card.thinking))
      ?? shape.thinking.tokens(with: card.thinking)
  }
}
