public import GeminiAPI

/// Tokens that video and audio cost with a generation of models.
public struct MediaRates: Hashable, Sendable {
  /// Tokens added to each frame for its time.
  public struct TimestampTokens: Hashable, Sendable {
    /// For frames before one hour.
    public let belowOneHour: Int
    /// For frames from one hour on.
    public let fromOneHour: Int
  }

  /// Published tokens for each frame; empty for models without sight.
  public let tokensPerFrame: [MediaResolution: Int]
  /// Tokens added to each frame for its time, where the platform counts them.
  public let timestampTokens: [ModelPlatform: TimestampTokens]
  /// Tokens for each second of audio.
  public let audioTokensPerSecond: [ModelPlatform: Int]
  /// Keys of the catalogue's sources.
  public let sources: [String]
}
