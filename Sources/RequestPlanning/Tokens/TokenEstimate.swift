/// What a request is expected to send and to get back, in tokens.
public struct TokenEstimate: Hashable, Sendable {
  /// Where a media rate came from.
  public enum RateBasis: Hashable, Sendable {
    /// The service's documentation; for generation 3 an upper bound.
    case published
    /// What others measured with this very model or platform.
    case measured
    /// The rate of the generation before, for want of the model's own.
    case assumed
    /// The user's own runs.
    case ownRuns(count: Int)
    /// There are no media.
    case none
  }

  /// Frames the model sees.
  public var frames: Int
  /// Tokens of the frames.
  public var video: Int
  /// Tokens of the sound.
  public var audio: Int
  /// Tokens of the prompt's text.
  public var text: Int
  /// Whether the text was counted by the service.
  public var textIsCounted: Bool
  /// Tokens of the visible reply.
  public var output: TokenRange
  /// Tokens of thinking, billed as output.
  public var thinking: TokenRange
  /// Where the rate of the frames came from.
  public var rateBasis: RateBasis
  /// Tokens for each frame, the time of the frame left out.
  public var tokensPerFrame: Int
  /// The user's own runs from which the length of the reply is known; 0 for a guess.
  public var outputRuns: Int

  /// Tokens of the whole prompt.
  public var input: Int { video + audio + text }
  /// Reply and thinking together, as they are billed.
  public var billedOutput: TokenRange { output + thinking }

  /// Where the length of the reply comes from, in words.
  public var outputNote: String {
    outputRuns > 0
      ? "learned from \(outputRuns) of your runs" : "from the length, the tables and the encoding"
  }

  /// Where the media figures come from, in words.
  public var rateNote: String {
    switch rateBasis {
    case .published: "\(tokensPerFrame) tokens a frame, as published"
    case .measured: "\(tokensPerFrame) tokens a frame, as measured with this model"
    case .assumed: "\(tokensPerFrame) tokens a frame, assumed from the generation before"
    case .ownRuns(let count): "\(tokensPerFrame) tokens a frame, as billed in \(count) of your runs"
    case .none: "no media"
    }
  }
}
