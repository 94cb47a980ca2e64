internal import TranscriptModel

/// What is looked up once and used for many requests of a plan.
struct PlanningContext {
  /// A model on a platform with its estimator and prices.
  struct Model {
    let name: String
    let resolution: ModelCatalog.Resolution?
    let estimator: TokenEstimator?
    let prices: Result<CostCalculator, PricingError>?
    let batchPrices: CostCalculator?
  }

  private struct ModelKey: Hashable {
    let name: String
    let platform: ModelPlatform
  }

  private struct EstimateKey: Hashable {
    let model: ModelKey
    let shape: RequestShape
    let cached: Int
  }

  private struct Estimate {
    let tokens: TokenEstimate
    let cost: CostEstimate?
    let share: LimitShare?
  }

  private let planner: Planner
  private var models: [ModelKey: Model] = [:]
  private var estimates: [EstimateKey: Estimate] = [:]

  init(planner: Planner) { self.planner = planner }

  mutating func model(_ settings: PlanSettings) -> Model {
    let key = ModelKey(name: settings.model, platform: settings.platform)
    if let known = models[key] { return known }
    let model = makeModel(settings)
    models[key] = model
    return model
  }

  private func makeModel(_ settings: PlanSettings) -> Model {
    let options = planner.options
    guard let found = planner.catalog.resolve(settings.model) else {
      return Model(
        name: settings.model,
        resolution: nil,
        estimator: nil,
        prices: nil,
        batchPrices: nil
      )
    }
    let prices = { (tier: BillingTier) throws(PricingError) in
      try CostCalculator(
        card: found.card,
        platform: settings.platform,
        tier: tier,
        day: options.day
      )
    }
    return Model(
      name: found.card.id,
      resolution: found,
      estimator: TokenEstimator(
        card: found.card,
        platform: settings.platform,
        learned: planner.learned
      ),
      prices: Result { () throws(PricingError) in try prices(options.tier) },
      batchPrices: try? prices(.batch)
    )
  }

  mutating func entry(_ request: PlanRequest, at place: PlanPlace) throws(PlanError) -> Plan.Entry {
    let model = model(request.settings)
    try check(request, model)
    let prefixTokens = prefixTokens(request, model)
    let reason = reason(at: place, prefixTokens: prefixTokens, model, request.settings.platform)
    var cached = 0
    if case .hitExpected = reason { cached = prefixTokens ?? 0 }
    let estimate = estimate(request, model, cached: cached)
    return Plan.Entry(
      order: place.order,
      position: place.position,
      request: request,
      model: model.name,
      prefix: place.prefix,
      group: place.group,
      reason: reason,
      tokens: estimate?.tokens,
      cachedTokens: cached,
      cost: estimate?.cost,
      share: estimate?.share
    )
  }

  private func check(_ request: PlanRequest, _ model: Model) throws(PlanError) {
    guard !planner.options.allowsUnknowns else { return }
    guard model.estimator != nil else {
      throw PlanError(code: .unknownModel(request.settings.model))
    }
    guard request.source.range != nil else {
      throw PlanError(code: .unknownLength(source: request.source.name))
    }
    if case .failure(let error) = model.prices { throw PlanError(code: .unknownPrice(error)) }
  }

  /// Tokens of the beginning that the group shares.
  private mutating func prefixTokens(_ request: PlanRequest, _ model: Model) -> Int? {
    guard let tokens = estimate(request, model, cached: 0)?.tokens else { return nil }
    return tokens.video + tokens.audio + request.prompt.leadingTokens
  }

  private func reason(
    at place: PlanPlace,
    prefixTokens: Int?,
    _ model: Model,
    _ platform: ModelPlatform
  ) -> CacheReason {
    guard place.groupSize > 1 else { return .alone }
    guard let card = model.resolution?.card, let prefixTokens else { return .unknown }
    guard planner.options.tier != .batch else { return .batch }
    guard card.caching.isImplicit else { return .notOffered }
    let minimum = card.caching.implicitMinimum[platform] ?? Planner.assumedImplicitMinimum
    guard prefixTokens >= minimum else { return .tooShort(tokens: prefixTokens, minimum: minimum) }
    return place.warmUp.map(CacheReason.hitExpected) ?? .warmUp(requests: place.groupSize)
  }

  private mutating func estimate(
    _ request: PlanRequest,
    _ model: Model,
    cached: Int
  ) -> Estimate? {
    guard let estimator = model.estimator, let shape = request.shape else { return nil }
    let platform = request.settings.platform
    let key = EstimateKey(
      model: ModelKey(name: request.settings.model, platform: platform),
      shape: shape,
      cached: cached
    )
    if let known = estimates[key] { return known }
    let tokens = estimator.estimate(shape)
    let estimate = Estimate(
      tokens: tokens,
      cost: cost(of: tokens, cached: cached, model),
      share: estimator.card.share(of: tokens, on: platform)
    )
    estimates[key] = estimate
    return estimate
  }

  private func cost(of tokens: TokenEstimate, cached: Int, _ model: Model) -> CostEstimate? {
    guard case .success(let prices) = model.prices else { return nil }
    let uncached = prices.estimate(tokens)
    return CostEstimate(
      uncached: uncached,
      cached: cached > 0 ? prices.estimate(tokens, cached: cached) : uncached,
      batch: model.batchPrices?.estimate(tokens)
    )
  }

  /// Whether a cache of our own pays for a group; `nil` for one request or unknown prices.
  mutating func decision(for group: ArraySlice<Plan.Entry>) -> ExplicitCacheDecision? {
    guard planner.options.explicitCaching != .never, group.count > 1, let first = group.first,
      let tokens = first.tokens,
      case .success(let prices)? = model(first.request.settings).prices
    else { return nil }
    return ExplicitCachePricing(
      group: first.group,
      prefix: first.prefix,
      tokens: tokens.video + tokens.audio + first.request.prompt.leadingTokens,
      requests: group.count,
      implicitHits: group.count { $0.expectsHit },
      prices: prices,
      audioTokens: tokens.audio
    ).decision(options: planner.options)
  }

  /// What to know about the models and sources, each said once, in the order of the requests.
  func notices(for requests: [PlanRequest]) -> [String] {
    var notices: [String] = []
    var seen = Set<String>()
    var seenModels = Set<ModelKey>()
    for request in requests {
      let settings = request.settings
      let key = ModelKey(name: settings.model, platform: settings.platform)
      if seenModels.insert(key).inserted {
        notices +=
          models[key]?.resolution?
          .notices(on: settings.platform, day: planner.options.day).map(\.message) ?? []
      }
      guard request.source.lengthIsAssumed, seen.insert(request.source.identity).inserted else {
        continue
      }
      let length = request.source.range?.end.rendered ?? "?"
      notices.append(
        "The length of \(request.source.name) is assumed to be \(length); state it with --duration."
      )
    }
    return notices
  }
}
