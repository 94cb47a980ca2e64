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

  /// An amount that can only be guessed; the three are in order.
  public init(low: Decimal, expected: Decimal, high: Decimal) {
    self.low = low
    self.expected = expected
    self.high = high
  }

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

  /// Nothing, also as a batch.
  public static let zero = CostEstimate(uncached: .zero, cached: .zero, batch: .zero)

  /// Both together; as a batch only when both are offered so.
  public static func + (left: CostEstimate, right: CostEstimate) -> CostEstimate {
    CostEstimate(
      uncached: left.uncached + right.uncached,
      cached: left.cached + right.cached,
      batch: left.batch.flatMap { batch in right.batch.map { batch + $0 } }
    )
  }

  /// The costs of one or many requests.
  public init(uncached: CostRange, cached: CostRange, batch: CostRange?) {
    self.uncached = uncached
    self.cached = cached
    self.batch = batch
  }
}

extension CostCalculator {
  /// The cost to expect of a request, for each length of its reply.
  ///
  /// - Parameters:
  ///   - tokens: The tokens to expect.
  ///   - cached: The tokens of the prompt that come from a cache, media before text.
  public func estimate(_ tokens: TokenEstimate, cached: Int = 0) -> CostRange {
    cost(
      prompt: BilledTokens(prompt: tokens, cached: cached),
      output: tokens.billedOutput,
      row: rows[rowIndex(promptTokens: tokens.input)]
    )
  }

  /// The cost of prompts and replies of one or many requests that are all billed by one row.
  func cost(prompt: BilledTokens, output: TokenRange, row: PriceSheet.Row) -> CostRange {
    let input = cost(of: prompt, row: row).total
    let price = row.output * Self.perToken
    return CostRange(
      low: input + Decimal(output.low) * price,
      expected: input + Decimal(output.expected) * price,
      high: input + Decimal(output.high) * price
    )
  }
}

extension BilledTokens {
  /// The prompt of an estimate of which so many tokens come from a cache, media before text.
  init(prompt tokens: TokenEstimate, cached: Int) {
    let media = tokens.video + tokens.audio
    let cachedMedia = min(cached, media)
    let cachedAudio =
      cachedMedia == media
      ? tokens.audio
      : Int((Double(cachedMedia) * Double(tokens.audio) / Double(media)).rounded())
    self.init(
      input: tokens.input - tokens.audio - (cached - cachedAudio),
      inputAudio: tokens.audio - cachedAudio,
      cached: cached - cachedAudio,
      cachedAudio: cachedAudio
    )
  }

  static func += (left: inout BilledTokens, right: BilledTokens) {
    left.input += right.input
    left.inputAudio += right.inputAudio
    left.cached += right.cached
    left.cachedAudio += right.cachedAudio
    left.output += right.output
    left.outputImages += right.outputImages
  }
}
