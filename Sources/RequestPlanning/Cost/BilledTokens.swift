public import TranscriptModel

/// The tokens of a request, split by what they cost.
public struct BilledTokens: Hashable, Sendable {
  /// Prompt tokens that are not audio and come from no cache; tool results too.
  public var input: Int
  /// Audio tokens of the prompt that come from no cache.
  public var inputAudio: Int
  /// Tokens from a cache that are not audio.
  public var cached: Int
  /// Audio tokens from a cache.
  public var cachedAudio: Int
  /// The reply and the thinking, images left out.
  public var output: Int
  /// Images of the reply.
  public var outputImages: Int

  /// Counts; all zero when not given.
  public init(
    input: Int = 0,
    inputAudio: Int = 0,
    cached: Int = 0,
    cachedAudio: Int = 0,
    output: Int = 0,
    outputImages: Int = 0
  ) {
    self.input = input
    self.inputAudio = inputAudio
    self.cached = cached
    self.cachedAudio = cachedAudio
    self.output = output
    self.outputImages = outputImages
  }

  /// The counts of a reply.
  ///
  /// Where the service says how many tokens came from a cache but not of which modality, audio has
  /// the share there that it has in the prompt.
  ///
  /// - Parameters:
  ///   - usage: What the service counted.
  ///   - outputImages: Tokens of the visible reply that are images.
  public init(_ usage: Usage, outputImages: Int = 0) {
    let audio = usage.promptTokens(of: "AUDIO") ?? 0
    let cachedTokens = min(usage.cachedTokens, usage.promptTokens)
    let cachedAudio: Int
    if !usage.cachedTokensByModality.isEmpty {
      cachedAudio = usage.cachedTokensByModality.filter { $0.modality == "AUDIO" }
        .map(\.tokens).reduce(0, +)
    } else if usage.promptTokens > 0 {
      cachedAudio = Int(
        (Double(cachedTokens) * Double(audio) / Double(usage.promptTokens)).rounded()
      )
    } else {
      cachedAudio = 0
    }
    let fromCache = min(cachedAudio, audio, cachedTokens)
    self.init(
      input: max(0, usage.promptTokens - audio - (cachedTokens - fromCache)) + usage.toolUseTokens,
      inputAudio: audio - fromCache,
      cached: cachedTokens - fromCache,
      cachedAudio: fromCache,
      output: max(0, usage.outputTokens - outputImages) + usage.thoughtsTokens,
      outputImages: outputImages
    )
  }

  /// The whole prompt, by whose length the price row is chosen.
  public var prompt: Int { input + inputAudio + cached + cachedAudio }
}
