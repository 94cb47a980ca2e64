public import GeminiAPI

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What is known about a model: limits, rates, behaviour and prices.
public struct ModelCard: Hashable, Sendable {
  /// What a model does with temperature, topP and topK.
  public enum SamplingBehaviour: String, Hashable, Sendable, CaseIterable {
    /// They work.
    case accepted
    /// They work, but the defaults are advised.
    case discouraged
    /// They have no effect, and may be refused one day.
    case ignored
    /// A request that sets them is refused.
    case refused
    /// Not published.
    case unknown
  }

  /// The most tokens a request may hold.
  public struct Limits: Hashable, Sendable {
    /// Tokens of the prompt.
    public let inputTokens: Int
    /// Tokens of the reply, thinking included; of one decode where a reply may take several.
    public let outputTokens: Int
    /// Tokens of a reply over several decodes, for models that go on where `maxOutputTokens` asks for
    /// more than one; each decode reads the prompt and what was written so far.
    public let longOutputTokens: Int?
    /// Tokens of the reply on the Agent Platform, where it differs.
    public let agentPlatformOutputTokens: Int?
    /// Tokens of a reply that is not streamed, where it differs.
    public let unstreamedOutputTokens: Int?
    /// Minutes of audio, where a model says so.
    public let audioMinutes: Int?

    /// Tokens of the reply on a platform.
    public func outputTokens(on platform: ModelPlatform) -> Int {
      platform == .agentPlatform ? agentPlatformOutputTokens ?? outputTokens : outputTokens
    }
  }

  /// The name on the wire.
  public let id: String
  /// The generation, such as `3.5`.
  public let generation: String
  /// Where it stands between announcement and shutdown.
  public let status: ModelStatus
  /// The most tokens a request may hold; `nil` when not published.
  public private(set) var limits: Limits?
  /// How its thinking is set.
  public let thinking: ThinkingControl
  /// What media cost; `nil` when nothing is known.
  public let media: MediaRates?
  /// Whether the media rates are those of the generation before, for want of its own.
  public let mediaIsAssumed: Bool
  /// Tokens for each frame that users measured with this very model.
  public let measuredTokensPerFrame: [MediaResolution: Int]
  /// What it offers for prompts that begin alike.
  public let caching: CachingTerms
  /// What it does with temperature, topP and topK.
  public let sampling: SamplingBehaviour
  /// Whether it can choose the frames it looks at.
  public let offersAgenticVideo: Bool
  /// The Agent Platform's locations that serve it; empty when not published.
  public let locations: [String]
  /// By what prices of the Agent Platform are multiplied outside `global`; `nil` for nothing.
  public let regionalPriceFactor: Decimal?
  /// Its prices, by platform and time.
  public let prices: [PriceSheet]
  /// Further facts, one sentence each.
  public let notes: [String]
  /// The fields that no source settles.
  public let unverified: [String]
  /// The day the card was checked.
  public let asOf: CalendarDay?
}

extension ModelCard {
  /// The card for replies that are not streamed, as those of batches are not: nobody goes on where a
  /// decode ends, and some models write less at once.
  var unstreamed: ModelCard {
    guard let limits, let tokens = limits.unstreamedOutputTokens else { return self }
    var card = self
    card.limits = Limits(
      inputTokens: limits.inputTokens,
      outputTokens: tokens,
      longOutputTokens: nil,
      agentPlatformOutputTokens: limits.agentPlatformOutputTokens.map { min($0, tokens) },
      unstreamedOutputTokens: tokens,
      audioMinutes: limits.audioMinutes
    )
    return card
  }
}
