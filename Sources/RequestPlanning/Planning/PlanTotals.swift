internal import GeminiAPI
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Adds up the requests of a plan that are to be sent.
struct PlanTotals {
  private var total = Plan.Total()
  private var uncached = CostLedger()
  private var cached = CostLedger()
  private var batch = CostLedger()
  private var quotes: [Quote] = []
  private var indices: [ObjectIdentifier: Int] = [:]
  private var isPriced = true

  mutating func add(_ entry: Plan.Entry) {
    guard !entry.request.isAnswered else { return }
    total.requests += 1
    total.cachedTokens += entry.cachedTokens
    total.expectedHits += entry.expectsHit ? 1 : 0
    total.inputTokens += entry.tokens?.input ?? 0
    total.outputTokens = total.outputTokens + (entry.tokens?.billedOutput ?? .zero)
    if entry.request.settings.fillsGaps, !entry.request.isFollowUp { addGaps(of: entry) }
    if let prompt = entry.request.nameSearch { addNames(of: entry, prompt) }
    guard let tokens = entry.tokens, let prices = entry.quote.prices else {
      isPriced = false
      return
    }
    let index = index(of: entry.quote)
    uncached.add(tokens, cached: 0, index: index, prices: prices)
    cached.add(tokens, cached: entry.cachedTokens, index: index, prices: prices)
    guard let batchPrices = entry.quote.batchPrices else { return }
    batch.add(tokens, cached: 0, index: index, prices: batchPrices)
  }

  private mutating func index(of quote: Quote) -> Int {
    if let index = indices[ObjectIdentifier(quote)] { return index }
    indices[ObjectIdentifier(quote)] = quotes.count
    quotes.append(quote)
    return quotes.count - 1
  }

  /// The sums; the cost only when every request has one.
  func finished() -> Plan.Total {
    var total = total
    guard isPriced else {
      total.cost = nil
      return total
    }
    let hasBatch = quotes.allSatisfy { $0.batchPrices != nil }
    total.cost = CostEstimate(
      uncached: uncached.total { quotes[$0].prices },
      cached: cached.total { quotes[$0].prices },
      batch: nil
    )
    if hasBatch { total.cost?.batch = batch.total { quotes[$0].batchPrices } }
    return total
  }
}

extension PlanTotals {
  /// The shortest stretch asked about again, in milliseconds: what continuing calls a gap is longer
  /// than 60 s without a row, and 15 s of what is around it are asked for with it.
  private static let shortestGap = 75_000

  /// Adds what is needed when every stretch of a request lies within gaps: they do not overlap, so
  /// that all of them together hold no more media and no more words than the whole.
  private mutating func addGaps(of entry: Plan.Entry) {
    var most = total.fillingGaps ?? Plan.Most()
    defer { total.fillingGaps = most }
    guard let range = entry.request.source.range, var tokens = entry.tokens else {
      return most.add(requests: 1, cost: nil)
    }
    let requests = max(1, range.milliseconds / Self.shortestGap)
    tokens.text *= requests
    tokens.thinking.high *= requests
    most.add(requests: requests, cost: entry.quote.cost(of: tokens)?.uncached.high)
  }

  /// Adds what is needed when names are missing in as many stretches as are looked at.
  private mutating func addNames(of entry: Plan.Entry, _ prompt: PlanPrompt) {
    var most = total.sharpening ?? Plan.Most()
    defer { total.sharpening = most }
    let stretches = NameSearch.mostStretches(in: entry.request.source.range)
    var request = entry.request
    let start = request.source.range?.start ?? .zero
    let length = min(NameSearch.stretch, request.source.range?.milliseconds ?? NameSearch.stretch)
    request.source.range = TimeRange(
      start: start,
      end: Timecode(milliseconds: start.milliseconds + length)
    )
    request.prompt = prompt
    request.settings.mediaResolution = .high
    request.settings.layers = .both
    let cost = request.shape.flatMap(entry.quote.tokens).flatMap { entry.quote.cost(of: $0) }
    most.add(
      requests: stretches,
      cost: cost.map { $0.uncached.high * Decimal(stretches) }
    )
  }
}

extension Plan.Most {
  fileprivate mutating func add(requests more: Int, cost other: Decimal?) {
    requests += more
    cost = cost.flatMap { sum in other.map { sum + $0 } }
  }
}
