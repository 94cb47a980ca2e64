internal import GeminiAPI
internal import TranscriptModel

/// What is looked up once and used for many requests of a plan.
struct PlanningContext {
  private struct ModelKey: Hashable {
    let name: String
    let platform: ModelPlatform
    let tier: ServiceTier
    let location: String

    init(_ settings: RequestSettings) {
      (name, platform, tier) = (settings.modelName, settings.platform, settings.billedTier)
      location = settings.location
    }
  }

  private let planner: Planner
  private var quotes: [ModelKey: Quote] = [:]

  init(planner: Planner) { self.planner = planner }

  mutating func quote(_ settings: RequestSettings) -> Quote {
    let key = ModelKey(settings)
    if let known = quotes[key] { return known }
    let quote = planner.quote(for: settings)
    quotes[key] = quote
    return quote
  }

  mutating func entry(_ request: PlanRequest, at place: PlanPlace) throws(PlanError) -> Plan.Entry {
    let quote = quote(request.settings)
    try check(request, quote)
    let tokens = request.shape.flatMap { quote.tokens(of: $0) }
    let prefixTokens = tokens.map { $0.video + $0.audio + request.prompt.leadingTokens }
    let reason = reason(at: place, prefixTokens, quote)
    var cached = 0
    if case .hitExpected = reason { cached = prefixTokens ?? 0 }
    return Plan.Entry(
      order: place.order,
      position: place.position,
      request: request,
      prefix: place.prefix,
      group: place.group,
      reason: reason,
      tokens: tokens,
      cachedTokens: cached,
      quote: quote
    )
  }

  private func check(_ request: PlanRequest, _ quote: Quote) throws(PlanError) {
    guard !planner.options.allowsUnknowns else { return }
    guard quote.estimator != nil else {
      throw PlanError(code: .unknownModel(request.settings.modelName))
    }
    guard request.source.range != nil else {
      throw PlanError(code: .unknownLength(source: request.source.name))
    }
    if let error = quote.priceError { throw PlanError(code: .unknownPrice(error)) }
  }

  private func reason(
    at place: PlanPlace,
    _ prefixTokens: Int?,
    _ quote: Quote
  ) -> CacheReason {
    guard place.groupSize > 1 else { return .alone }
    guard let caching = quote.resolution?.card.caching, let prefixTokens else { return .unknown }
    guard quote.tier != .batch else { return .batch }
    guard caching.isImplicit else { return .notOffered }
    let minimum = caching.implicitMinimum[quote.platform] ?? Planner.assumedImplicitMinimum
    guard prefixTokens >= minimum else { return .tooShort(tokens: prefixTokens, minimum: minimum) }
    return place.warmUp.map(CacheReason.hitExpected) ?? .warmUp(requests: place.groupSize)
  }

  /// What to know about the models and sources, each said once, in the order of the requests.
  func notices(for requests: [PlanRequest]) -> [String] {
    var notices: [String] = []
    var seen = Set<String>()
    var seenModels = Set<ModelKey>()
    for request in requests {
      let key = ModelKey(request.settings)
      if seenModels.insert(key).inserted, let quote = quotes[key] {
        notices += quote.notices + [quote.priceError?.description].compactMap(\.self)
      }
      guard request.source.range == nil, seen.insert(request.source.identity).inserted else {
        continue
      }
      notices.append(PlanError(code: .unknownLength(source: request.source.name)).description)
    }
    return notices
  }
}
