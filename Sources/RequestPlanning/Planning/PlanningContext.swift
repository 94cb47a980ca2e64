internal import GeminiAPI
internal import TranscriptModel

/// What is looked up once and used for many requests of a plan.
struct PlanningContext {
  private struct ModelKey: Hashable {
    let name: String
    let platform: ModelPlatform

    init(_ settings: RequestSettings) { (name, platform) = (settings.modelName, settings.platform) }
  }

  private let planner: Planner
  private var models: [ModelKey: PlannedModel] = [:]

  init(planner: Planner) { self.planner = planner }

  mutating func model(_ settings: RequestSettings) -> PlannedModel {
    let key = ModelKey(settings)
    if let known = models[key] { return known }
    let model = PlannedModel(settings, index: models.count, planner: planner)
    models[key] = model
    return model
  }

  mutating func entry(_ request: PlanRequest, at place: PlanPlace) throws(PlanError) -> Plan.Entry {
    let model = model(request.settings)
    try check(request, model)
    let tokens = request.shape.flatMap { model.estimator?.estimate($0) }
    let prefixTokens = tokens.map { $0.video + $0.audio + request.prompt.leadingTokens }
    let reason = reason(at: place, prefixTokens, model, request.settings.platform)
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
      plannedModel: model
    )
  }

  private func check(_ request: PlanRequest, _ model: PlannedModel) throws(PlanError) {
    guard !planner.options.allowsUnknowns else { return }
    guard model.estimator != nil else {
      throw PlanError(code: .unknownModel(request.settings.modelName))
    }
    guard request.source.range != nil else {
      throw PlanError(code: .unknownLength(source: request.source.name))
    }
    if let error = model.priceError { throw PlanError(code: .unknownPrice(error)) }
  }

  private func reason(
    at place: PlanPlace,
    _ prefixTokens: Int?,
    _ model: PlannedModel,
    _ platform: ModelPlatform
  ) -> CacheReason {
    guard place.groupSize > 1 else { return .alone }
    guard let caching = model.resolution?.card.caching, let prefixTokens else { return .unknown }
    guard planner.options.tier != .batch else { return .batch }
    guard caching.isImplicit else { return .notOffered }
    let minimum = caching.implicitMinimum[platform] ?? Planner.assumedImplicitMinimum
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
      if seenModels.insert(key).inserted, let model = models[key] {
        notices += self.notices(of: model, request.settings)
      }
      guard request.source.range == nil, seen.insert(request.source.identity).inserted else {
        continue
      }
      notices.append(PlanError(code: .unknownLength(source: request.source.name)).description)
    }
    return notices
  }

  /// What to know about a model, and what is missing of it.
  private func notices(of model: PlannedModel, _ settings: RequestSettings) -> [String] {
    guard let resolution = model.resolution else {
      return [PlanError(code: .unknownModel(settings.modelName)).message]
    }
    let known = resolution.notices(on: settings.platform, day: planner.options.day).map(\.message)
    return known + [model.priceError?.description].compactMap(\.self)
  }
}
