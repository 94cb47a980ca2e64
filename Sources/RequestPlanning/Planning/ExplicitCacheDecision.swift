internal import GeminiAPI

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Whether a cache of our own pays for a group of requests that begin alike.
public struct ExplicitCacheDecision: Sendable {
  /// The group, as in the plan's entries.
  public let group: Int
  /// What the requests share, as in the plan's entries.
  public let prefix: String
  /// Tokens the cache would hold.
  public let tokens: Int
  /// Requests that would use it.
  public let requests: Int
  /// Hours for which it would be kept.
  public let hours: Decimal
  /// Input cost of the shared beginning with a cache of our own: creating, keeping, using.
  public let costWithCache: Decimal?
  /// What creating and keeping it costs, without its use; `nil` when that is not known.
  public let costOfKeeping: Decimal?
  /// Input cost of the shared beginning as planned without one.
  public let costWithout: Decimal
  /// Input cost of the shared beginning when nothing comes from any cache.
  public let costUncached: Decimal
  /// The fewest requests for which it costs less than no cache at all; `nil` when none would do.
  public let breakEvenRequests: Int?
  /// The hours up to which it costs less than no cache at all; `nil` when not known or none.
  public let breakEvenHours: Decimal?
  /// Whether it is to be created.
  public let isAdvised: Bool
  /// Why, in one sentence.
  public let why: String
}

extension Plan {
  /// Whether a cache of our own would pay, for each group of several requests of known price.
  ///
  /// None when caches are not to be created. Worked out at each call, in linear time.
  public var explicitCaches: [ExplicitCacheDecision] {
    guard options.explicitCaching != .never else { return [] }
    var decisions: [ExplicitCacheDecision] = []
    var start = entries.startIndex
    while start < entries.endIndex {
      let group = entries[start...].prefix { $0.group == entries[start].group }
      if let pricing = ExplicitCachePricing(group) {
        decisions.append(pricing.decision(options: options))
      }
      start = group.endIndex
    }
    return decisions
  }
}

/// Prices a cache of our own for one group.
struct ExplicitCachePricing {
  let group: Int
  let prefix: String
  let tokens: Int
  let requests: Int
  /// Hits that are expected without a cache of our own.
  let implicitHits: Int
  let prices: CostCalculator
  /// Tokens of the cache that are sound, which may cost something else.
  let audioTokens: Int

  /// `nil` for a single request, or when the tokens or prices are not known.
  init?(_ entries: ArraySlice<Plan.Entry>) {
    // A cache of one's own holds media.
    guard entries.count > 1, let first = entries.first, first.request.source.hasMedia,
      let estimate = first.tokens,
      let prices = first.quote.prices
    else { return nil }
    (group, prefix, self.prices) = (first.group, first.prefix, prices)
    tokens = estimate.video + estimate.audio + first.request.prompt.leadingTokens
    requests = entries.count
    implicitHits = entries.count { $0.expectsHit }
    audioTokens = estimate.audio
  }

  func decision(options: PlannerOptions) -> ExplicitCacheDecision {
    let full = prices.cost(of: BilledTokens(input: tokens - audioTokens, inputAudio: audioTokens))
      .total
    let hit = prices.cost(of: BilledTokens(cached: tokens - audioTokens, cachedAudio: audioTokens))
      .total
    let storage = try? prices.storageCost(tokens: tokens, hours: 1)
    let count = Decimal(requests)
    let keeping = storage.map { full + $0 * options.cacheHours }
    let with = keeping.map { $0 + count * hit }
    let without = full * Decimal(requests - implicitHits) + hit * Decimal(implicitHits)
    let obstacle = obstacle(options: options)
    let isAdvised: Bool
    switch options.explicitCaching {
    case .never: isAdvised = false
    case .always: isAdvised = obstacle == nil
    case .automatic: isAdvised = obstacle == nil && with.map { $0 < without } ?? false
    }
    return ExplicitCacheDecision(
      group: group,
      prefix: prefix,
      tokens: tokens,
      requests: requests,
      hours: options.cacheHours,
      costWithCache: obstacle == nil ? with : nil,
      costOfKeeping: keeping,
      costWithout: without,
      costUncached: full * count,
      breakEvenRequests: breakEven(full: full, hit: hit, kept: storage, options: options),
      breakEvenHours: storage.flatMap { price in
        let saved = count * (full - hit) - full
        return price > 0 && saved > 0 ? saved / price : nil
      },
      isAdvised: isAdvised,
      why: obstacle ?? why(with: with, without: without, options: options)
    )
  }

  /// What forbids a cache of our own, in words.
  private func obstacle(options: PlannerOptions) -> String? {
    let terms = prices.card.caching
    if !options.canNameCaches { return "the chosen interface cannot name a cache" }
    if prices.tier == .batch { return "requests of a batch are billed by the batch's own prices" }
    if !terms.isExplicit { return "\(prices.card.id) offers no caches to create" }
    if let least = terms.explicitMinimum[prices.platform], tokens < least {
      return "\(tokens) tokens are fewer than the \(least) a cache needs"
    }
    return nil
  }

  private func breakEven(
    full: Decimal,
    hit: Decimal,
    kept storage: Decimal?,
    options: PlannerOptions
  ) -> Int? {
    guard let storage, full > hit else { return nil }
    // full + storage + n * hit < n * full
    let exact = (full + storage * options.cacheHours) / (full - hit)
    return Int(exact.description.prefix { $0 != "." }).map { $0 + 1 }
  }

  private func why(with: Decimal?, without: Decimal, options: PlannerOptions) -> String {
    guard let with else { return "the price of keeping a cache is not known" }
    if with < without { return "it costs less than sending the beginning again" }
    if implicitHits > 0 { return "the cache that fills by itself is expected to cost less" }
    return "\(requests) requests are too few for what it costs to create and keep"
  }
}
