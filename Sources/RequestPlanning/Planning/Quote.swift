public import GeminiAPI
public import TranscriptModel

/// What requests to one model take and what they cost: the one maker of tokens and money.
///
/// Plans, runs, batches, results, limits and reconciliations all ask it, so that a request has one
/// estimate and one price, whoever tells them. It goes by the model's card, the platform, the tier,
/// the day, and what the user's own runs of the same service have taught.
public final class Quote: Sendable {
  /// The model as it was asked for.
  public let asked: String
  /// The model behind that name; `nil` when it is not known.
  public let resolution: ModelCatalog.Resolution?
  /// Where the model is reached.
  public let platform: ModelPlatform
  /// The tier by which requests are billed.
  public let tier: ServiceTier
  /// The day whose prices hold.
  public let day: CalendarDay
  private let catalog: ModelCatalog
  private let location: String
  private let isStreamed: Bool
  let estimator: TokenEstimator?
  let prices: CostCalculator?
  let batchPrices: CostCalculator?
  /// Why there are no prices; `nil` when there are, or when the model is not known.
  let priceError: PricingError?

  /// A quote for the model, platform and tier of some settings.
  ///
  /// - Parameters:
  ///   - tier: The tier, when it is another than the settings say.
  ///   - learned: What runs of the service that will be asked have taught.
  ///   - isStreamed: Whether answers are streamed; those of batches are not.
  public init(
    _ settings: RequestSettings,
    tier: ServiceTier? = nil,
    catalog: ModelCatalog,
    learned: LearnedRates,
    day: CalendarDay,
    isStreamed: Bool = true
  ) {
    let tier = tier ?? settings.billedTier
    let platform = settings.platform
    let named = catalog.resolve(settings.modelName)
    let found = isStreamed ? named : named?.unstreamed
    self.catalog = catalog
    location = settings.location
    self.isStreamed = isStreamed
    (self.platform, self.tier, self.day) = (platform, tier, day)
    asked = settings.modelName
    resolution = found
    estimator = found.map {
      TokenEstimator(card: $0.card, platform: platform, learned: learned)
    }
    func calculator(_ tier: ServiceTier) -> Result<CostCalculator, PricingError>? {
      guard let card = found?.card else { return nil }
      return Result { () throws(PricingError) in
        try CostCalculator(
          card: card,
          platform: platform,
          tier: tier,
          location: settings.location,
          day: day
        )
      }
    }
    batchPrices = try? calculator(.batch)?.get()
    switch calculator(tier) {
    case .success(let calculator): (prices, priceError) = (calculator, nil)
    case .failure(let error): (prices, priceError) = (nil, error)
    case nil: (prices, priceError) = (nil, nil)
    }
  }

  /// The same for other settings: another model of the same service, on the same day.
  public func asking(_ settings: RequestSettings) -> Quote {
    Quote(
      settings,
      catalog: catalog,
      learned: estimator?.learned ?? LearnedRates(),
      day: day,
      isStreamed: isStreamed
    )
  }

  /// The model behind the name, the name itself where the model is not known.
  public var model: String { resolution?.card.id ?? asked }

  /// What should be known before anything is sent, one sentence each.
  public var notices: [String] {
    guard let resolution else { return [PlanError(code: .unknownModel(asked)).message] }
    return resolution.notices(on: platform, day: day).map(\.message)
  }

  /// Estimates tokens by the card alone; `nil` when the model is not known.
  ///
  /// By it sources are cut into clips: what runs teach would move the cuts, and a run that is taken
  /// up later would ask, and pay, for other clips than it has answers about.
  public var cardEstimator: TokenEstimator? {
    resolution.map { TokenEstimator(card: $0.card, platform: platform) }
  }
}

// MARK: Before

extension Quote {
  /// The tokens to expect of a request; `nil` when the model is not known.
  public func tokens(of shape: RequestShape) -> TokenEstimate? { estimator?.estimate(shape) }

  /// How long an answer is expected to take, in seconds; `nil` until runs have taught it.
  public func seconds(of shape: RequestShape) -> Double? {
    guard let tokens = cardEstimator?.estimate(shape).billedOutput.expected else { return nil }
    return estimator?.learned.seconds(model: model, tokens: tokens)
  }

  /// The money to expect of some tokens; `nil` when the price is not known.
  ///
  /// - Parameter cached: The tokens of the prompt that are expected from a cache.
  public func cost(of tokens: TokenEstimate, cached: Int = 0) -> CostEstimate? {
    guard let prices else { return nil }
    let tokens = resolution?.card.overDecodes(tokens, on: platform) ?? tokens
    let uncached = prices.estimate(tokens)
    return CostEstimate(
      uncached: uncached,
      cached: cached > 0 ? prices.estimate(tokens, cached: cached) : uncached,
      batch: batchPrices?.estimate(tokens)
    )
  }
}

extension Quote {
  /// The most tokens to ask of each reply about some clips; `nil` where nothing is to be asked.
  package func outputToAsk(for shape: RequestShape?, in clips: [TimeRange?]) -> Int? {
    guard let shape, let media = shape.media, let estimator = cardEstimator else { return nil }
    var longest = shape
    longest.media?.range =
      clips.compactMap(\.self).max { $0.milliseconds < $1.milliseconds } ?? media.range
    return estimator.card.outputToAsk(for: estimator.estimate(longest), on: platform)
  }
}

// MARK: After

extension Quote {
  /// How long the sound is that was billed, to a second; `nil` where sound is not counted by itself.
  package func soundLength(of usage: Usage) -> Timecode? {
    guard let card = resolution?.card, let rate = card.media?.audioTokensPerSecond[platform],
      rate > 0, let tokens = usage.promptTokens(of: "AUDIO"), tokens > 0
    else { return nil }
    return Timecode(milliseconds: tokens * 1000 / rate)
  }
}

extension Quote {
  /// Who answered.
  public enum Answering: Sendable {
    /// The model that was asked, or a version of it.
    case asked
    /// Another one, whose prices are known.
    case other(String, ModelCard)
    /// One of which nothing is known.
    case unknown(String)
  }

  /// The model that answered, as its answer names it.
  public func answering(_ version: String?) -> Answering {
    guard let version, version != asked else { return .asked }
    guard let card = catalog.resolve(version)?.card else {
      return version.hasPrefix(asked) ? .asked : .unknown(version)
    }
    return card.id == resolution?.card.id ? .asked : .other(version, card)
  }

  /// The money that was billed for a request, by the prices of the model that answered and the tier
  /// that served; `nil` when they are not known.
  public func cost(
    of usage: Usage,
    by version: String? = nil,
    at served: ServiceTier? = nil
  ) -> Cost? {
    let served = served ?? tier
    guard case .other(_, let card) = answering(version) else {
      if served == tier { return prices?.cost(of: usage) }
      return resolution.flatMap { cost(of: usage, $0.card, served) }
    }
    return cost(of: usage, card, served)
  }

  private func cost(of usage: Usage, _ card: ModelCard, _ tier: ServiceTier) -> Cost? {
    try? CostCalculator(card: card, platform: platform, tier: tier, location: location, day: day)
      .cost(of: usage)
  }
}
