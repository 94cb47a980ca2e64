public import GeminiAPI

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The prices of a model on a platform for a stretch of time.
public struct PriceSheet: Hashable, Sendable {
  /// US dollars for one million tokens, for one tier and length of prompt.
  public struct Row: Hashable, Sendable {
    /// The tier.
    public let tier: ServiceTier
    /// The row holds for prompts of more tokens than this.
    public let above: Int
    /// Text, images and video.
    public let input: Decimal
    /// Audio, where it costs something else.
    public let inputAudio: Decimal?
    /// The reply and the thinking.
    public let output: Decimal
    /// Images of the reply, where they cost something else.
    public let outputImage: Decimal?
    /// Tokens from a cache; `nil` when no discount is known.
    public let cached: Decimal?
    /// Audio from a cache, where it costs something else.
    public let cachedAudio: Decimal?
    /// Keys of the catalogue's sources.
    public let sources: [String]

    /// The row with all its prices multiplied.
    func times(_ factor: Decimal) -> Row {
      Row(
        tier: tier,
        above: above,
        input: input * factor,
        inputAudio: inputAudio.map { $0 * factor },
        output: output * factor,
        outputImage: outputImage.map { $0 * factor },
        cached: cached.map { $0 * factor },
        cachedAudio: cachedAudio.map { $0 * factor },
        sources: sources
      )
    }
  }

  /// The platform.
  public let platform: ModelPlatform
  /// The first day, `nil` when it has always held.
  public let from: CalendarDay?
  /// The last day, `nil` when no end is known.
  public let through: CalendarDay?
  /// Whether the price is announced to rise at its end.
  public let isIntroductory: Bool
  /// US dollars for keeping one million tokens in a cache for an hour; `nil` when not known.
  public let cacheStoragePerHour: Decimal?
  /// One row for each tier and length of prompt.
  public let rows: [Row]

  /// Whether the sheet holds on a day.
  public func holds(on day: CalendarDay) -> Bool {
    if let from, day < from { return false }
    if let through, through < day { return false }
    return true
  }

  /// The row for a tier and a prompt; `nil` when the tier is not offered.
  public func row(_ tier: ServiceTier, promptTokens: Int) -> Row? {
    rows.filter { $0.tier == tier && ($0.above == 0 || promptTokens > $0.above) }
      .max { $0.above < $1.above }
  }
}

extension ModelCard {
  /// The prices on a platform and day; those of AI Studio where the platform has none of its own.
  public func prices(on platform: ModelPlatform, day: CalendarDay) -> PriceSheet? {
    let holding = prices.filter { $0.holds(on: day) }
    return holding.first { $0.platform == platform } ?? holding.first { $0.platform == .aiStudio }
  }

  /// The sheet that follows once the one of a day ends.
  public func nextPrices(on platform: ModelPlatform, after day: CalendarDay) -> PriceSheet? {
    guard let current = prices(on: platform, day: day), let end = current.through else {
      return nil
    }
    return prices.first { $0.platform == current.platform && ($0.from.map { $0 > end } ?? false) }
  }
}
