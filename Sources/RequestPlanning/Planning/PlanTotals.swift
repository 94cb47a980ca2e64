/// Adds up the requests of a plan.
struct PlanTotals {
  private var total = Plan.Total()
  private var uncached = CostLedger()
  private var cached = CostLedger()
  private var batch = CostLedger()
  private var models: [Int: PlannedModel] = [:]
  private var isPriced = true

  mutating func add(_ entry: Plan.Entry) {
    total.requests += 1
    total.cachedTokens += entry.cachedTokens
    total.expectedHits += entry.expectsHit ? 1 : 0
    total.inputTokens += entry.tokens?.input ?? 0
    total.outputTokens = total.outputTokens + (entry.tokens?.billedOutput ?? .zero)
    guard let tokens = entry.tokens, let prices = entry.plannedModel.prices else {
      isPriced = false
      return
    }
    let index = entry.plannedModel.index
    if models[index] == nil { models[index] = entry.plannedModel }
    uncached.add(tokens, cached: 0, index: index, prices: prices)
    cached.add(tokens, cached: entry.cachedTokens, index: index, prices: prices)
    guard let batchPrices = entry.plannedModel.batchPrices else { return }
    batch.add(tokens, cached: 0, index: index, prices: batchPrices)
  }

  /// The sums; the cost only when every request has one.
  func finished() -> Plan.Total {
    var total = total
    guard isPriced else {
      total.cost = nil
      return total
    }
    let hasBatch = models.values.allSatisfy { $0.batchPrices != nil }
    total.cost = CostEstimate(
      uncached: uncached.total { models[$0]?.prices },
      cached: cached.total { models[$0]?.prices },
      batch: nil
    )
    if hasBatch { total.cost?.batch = batch.total { models[$0]?.batchPrices } }
    return total
  }
}
