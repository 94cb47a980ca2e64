/// Tokens that were billed, as the service counted them.
public struct Usage: Hashable, Sendable {
  /// Tokens of the whole prompt, cached ones included.
  public var promptTokens: Int
  /// The part of the prompt served from a cache.
  public var cachedTokens: Int
  /// Tokens of the visible reply.
  public var outputTokens: Int
  /// Thinking tokens, billed as output.
  public var thoughtsTokens: Int
  /// Tokens of tool results fed back to the model.
  public var toolUseTokens: Int
  /// Prompt tokens by modality (`TEXT`, `IMAGE`, `VIDEO`, `AUDIO`, `DOCUMENT`), as reported.
  public var promptTokensByModality: [ModalityCount]
  /// Cached tokens by modality, as reported.
  public var cachedTokensByModality: [ModalityCount]

  /// A count for one modality.
  public struct ModalityCount: Hashable, Sendable {
    /// The modality as the wire spells it.
    public let modality: String
    /// The number of tokens.
    public let tokens: Int

    /// A count for one modality.
    public init(modality: String, tokens: Int) {
      self.modality = modality
      self.tokens = tokens
    }
  }

  /// Token counts; all zero when not given.
  public init(
    promptTokens: Int = 0,
    cachedTokens: Int = 0,
    outputTokens: Int = 0,
    thoughtsTokens: Int = 0,
    toolUseTokens: Int = 0,
    promptTokensByModality: [ModalityCount] = [],
    cachedTokensByModality: [ModalityCount] = []
  ) {
    self.promptTokens = promptTokens
    self.cachedTokens = cachedTokens
    self.outputTokens = outputTokens
    self.thoughtsTokens = thoughtsTokens
    self.toolUseTokens = toolUseTokens
    self.promptTokensByModality = promptTokensByModality
    self.cachedTokensByModality = cachedTokensByModality
  }

  /// Prompt, reply, thinking and tool results together.
  public var totalTokens: Int { promptTokens + outputTokens + thoughtsTokens + toolUseTokens }
}
