#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An amount of US dollars that can only be guessed.
public struct CostRange: Hashable, Sendable {
  /// The least to expect.
  public var low: Decimal
  /// The likeliest.
  public var expected: Decimal
  /// The most to expect.
  public var high: Decimal

  /// Nothing.
  public static let zero = CostRange(low: 0, expected: 0, high: 0)

  /// Both together.
  public static func + (left: CostRange, right: CostRange) -> CostRange {
    CostRange(
      low: left.low + right.low,
      expected: left.expected + right.expected,
      high: left.high + right.high
    )
  }
}

/// What a request is expected to cost, in US dollars.
public struct CostEstimate: Hashable, Sendable {
  /// When nothing comes from a cache.
  public var uncached: CostRange
  /// When the beginning it shares comes from a cache, where that is expected.
  public var cached: CostRange
  /// When it is sent as part of a batch, without a cache; `nil` when that is not offered.
  public var batch: CostRange?
}

extension CostCalculator {
  /// The cost to expect of a request, for each length of its reply.
  ///
  /// - Parameters:
  ///   - tokens: The tokens to expect.
  ///   - cached: The tokens of the prompt that come from a cache, media before text.
  public func estimate(_ tokens: TokenEstimate, cached: Int = 0) -> CostRange {
    let fromMedia = min(cached, tokens.video + tokens.audio)
    let media = max(1, tokens.video + tokens.audio)
    let cachedAudio = Int(
      (Double(fromMedia) * Double(tokens.audio) / Double(media)).rounded()
    )
    let billed = BilledTokens(
      input: tokens.input - tokens.audio - (cached - cachedAudio),
      inputAudio: tokens.audio - cachedAudio,
      cached: cached - cachedAudio,
      cachedAudio: cachedAudio
    )
    let prompt = cost(of: billed).total
    let price = row(promptTokens: tokens.input).output * Self.perToken
    let output = tokens.billedOutput
    return CostRange(
      low: prompt + Decimal(output.low) * price,
      expected: prompt + Decimal(output.expected) * price,
      high: prompt + Decimal(output.high) * price
    )
  }
}
