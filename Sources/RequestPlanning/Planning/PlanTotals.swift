internal import TranscriptModel

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
    if entry.request.settings.fillsGaps, !entry.request.isSecondPass { addGaps(of: entry) }
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
      most.requests += 1
      most.cost = nil
      return
    }
    let requests = max(1, range.milliseconds / Self.shortestGap)
    most.requests += requests
    tokens.text *= requests
    tokens.thinking.high *= requests
    guard let cost = entry.quote.cost(of: tokens), let sum = most.cost else {
      most.cost = nil
      return
    }
    most.cost = sum + cost.uncached.high
  }
}
