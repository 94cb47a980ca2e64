public import GeminiAPI
public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What one request costs, in US dollars.
public struct Cost: Hashable, Sendable {
  /// The prompt, without what came from a cache.
  public var input: Decimal
  /// The part of the prompt that came from a cache.
  public var cached: Decimal
  /// The reply and the thinking.
  public var output: Decimal

  /// Everything together.
  public var total: Decimal { input + cached + output }
}

/// Prices tokens for one model, platform, tier and day.
///
/// Each tier has rows of its own, so discounts are never stacked beyond what the data say.
public struct CostCalculator: Sendable {
  /// The model.
  public let card: ModelCard
  /// The platform.
  public let platform: ModelPlatform
  /// The tier.
  public let tier: ServiceTier
  /// The day whose prices hold.
  public let day: CalendarDay
  /// The prices.
  public let sheet: PriceSheet
  /// The rows of the tier, longest prompts first; never empty.
  let rows: [PriceSheet.Row]

  /// One millionth, by which prices for a million tokens are taken to those for one.
  static let perToken = Decimal(sign: .plus, exponent: -6, significand: 1)

  /// The prices that hold on a day.
  ///
  /// - Parameter location: Where the Agent Platform serves; outside `global` some models cost more.
  /// - Throws: ``PricingError`` when the data have none for the platform, tier or day.
  public init(
    card: ModelCard,
    platform: ModelPlatform,
    tier: ServiceTier = .standard,
    location: String = "",
    day: CalendarDay
  ) throws(PricingError) {
    func failure(_ code: PricingError.Code) -> PricingError {
      PricingError(code: code, model: card.id, platform: platform, day: day)
    }
    guard let sheet = card.prices(on: platform, day: day) else {
      throw failure(card.absence(on: day))
    }
    let isRegional = platform == .agentPlatform && !["", "global"].contains(location)
    let factor = isRegional ? card.regionalPriceFactor : nil
    rows = sheet.rows.filter { $0.tier == tier }.sorted { $0.above > $1.above }
      .map { row in factor.map(row.times) ?? row }
    guard !rows.isEmpty else { throw failure(.tierNotOffered(tier)) }
    (self.card, self.platform, self.tier, self.day) = (card, platform, tier, day)
    self.sheet = sheet
  }

  /// The cost of a request as it was billed.
  public func cost(of usage: Usage) -> Cost { cost(of: BilledTokens(usage)) }

  /// The cost of tokens split by what they cost.
  public func cost(of tokens: BilledTokens) -> Cost {
    cost(of: tokens, row: rows[rowIndex(promptTokens: tokens.prompt)])
  }

  /// The cost of tokens of one or many requests that are all billed by one row.
  func cost(of tokens: BilledTokens, row: PriceSheet.Row) -> Cost {
    let audio = row.inputAudio ?? row.input
    // Where no discount is known, tokens from a cache cost what others cost.
    let cached = row.cached ?? row.input
    let cachedAudio = row.cachedAudio ?? row.cached ?? audio
    return Cost(
      input: Self.amount((tokens.input, row.input), (tokens.inputAudio, audio)),
      cached: Self.amount((tokens.cached, cached), (tokens.cachedAudio, cachedAudio)),
      output: Self.amount(
        (tokens.output, row.output),
        (tokens.outputImages, row.outputImage ?? row.output)
      )
    )
  }

  /// The cost of keeping tokens in a cache.
  ///
  /// - Throws: ``PricingError`` when the price of storage is not known.
  public func storageCost(tokens: Int, hours: Decimal) throws(PricingError) -> Decimal {
    guard let price = sheet.cacheStoragePerHour else {
      throw PricingError(code: .noStoragePrice, model: card.id, platform: platform, day: day)
    }
    return Decimal(tokens) * price * Self.perToken * hours
  }

  /// The position of the row by which a prompt of a length is billed.
  func rowIndex(promptTokens: Int) -> Int {
    rows.firstIndex { $0.above == 0 || promptTokens > $0.above } ?? rows.count - 1
  }

  private static func amount(_ parts: (tokens: Int, price: Decimal)...) -> Decimal {
    var sum = Decimal(0)
    for part in parts where part.tokens != 0 { sum += Decimal(part.tokens) * part.price }
    return sum * perToken
  }
}

extension ModelCard {
  /// Why no price holds on a day.
  fileprivate func absence(on day: CalendarDay) -> PricingError.Code {
    let starts = prices.compactMap(\.from)
    let ends = prices.compactMap(\.through)
    if let first = starts.min(), starts.count == prices.count, day < first {
      return .notYet(first: first)
    }
    if let last = ends.max(), last < day { return .ended(last: last) }
    return .noPrices
  }
}
