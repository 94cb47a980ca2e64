internal import GeminiAPI

/// A model on a platform as a plan uses it: looked up once, shared by all requests to it.
final class PlannedModel: Sendable {
  /// The model behind the name asked for, the name itself where the model is not known.
  let name: String
  /// The position among the models of the plan.
  let index: Int
  let resolution: ModelCatalog.Resolution?
  let estimator: TokenEstimator?
  let prices: CostCalculator?
  let batchPrices: CostCalculator?
  /// Why there are no prices.
  let priceError: PricingError?

  init(_ settings: RequestSettings, index: Int, planner: Planner) {
    self.index = index
    let found = planner.catalog.resolve(settings.modelName)
    resolution = found
    name = found?.card.id ?? settings.modelName
    estimator = found.map {
      TokenEstimator(card: $0.card, platform: settings.platform, learned: planner.learned)
    }
    let day = planner.options.day
    let platform = settings.platform
    func calculator(_ tier: ServiceTier) -> Result<CostCalculator, PricingError>? {
      guard let card = found?.card else { return nil }
      return Result { () throws(PricingError) in
        try CostCalculator(card: card, platform: platform, tier: tier, day: day)
      }
    }
    batchPrices = try? calculator(.batch)?.get()
    switch calculator(planner.options.tier) {
    case .success(let calculator): (prices, priceError) = (calculator, nil)
    case .failure(let error): (prices, priceError) = (nil, error)
    case nil: (prices, priceError) = (nil, nil)
    }
  }

  /// The cost to expect of some tokens; `nil` when the price is not known.
  func cost(of tokens: TokenEstimate, cached: Int) -> CostEstimate? {
    guard let prices else { return nil }
    let uncached = prices.estimate(tokens)
    return CostEstimate(
      uncached: uncached,
      cached: cached > 0 ? prices.estimate(tokens, cached: cached) : uncached,
      batch: batchPrices?.estimate(tokens)
    )
  }
}
