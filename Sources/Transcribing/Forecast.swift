internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
internal import RequestPlanning
internal import TranscriptModel

/// What a request will take, by the data on its model.
struct Forecast: Sendable {
  private let catalog: ModelCatalog
  private let model: String
  private let resolution: ModelCatalog.Resolution?
  private let platform: ModelPlatform
  let tier: ServiceTier
  private let day: CalendarDay
  /// What should be known before sending, one sentence each.
  let notices: [String]

  init(
    catalog: ModelCatalog,
    model: String,
    backend: GeminiConfiguration.Backend,
    tier: ServiceTier = .standard,
    day: CalendarDay
  ) {
    self.tier = tier
    self.catalog = catalog
    self.model = model
    platform = backend.platform
    self.day = day
    resolution = catalog.resolve(model)
    if let resolution {
      notices = resolution.notices(on: platform, day: day).map(\.message)
    } else {
      notices = ["Nothing is known about the model \(model), so there is no estimate."]
    }
  }

  /// Estimates tokens; `nil` when the model is not known.
  var estimator: TokenEstimator? {
    (resolution?.card).map { TokenEstimator(card: $0, platform: platform) }
  }

  /// Whether the model may look where it wants, unless it is told otherwise.
  var offersAgenticVideo: Bool { resolution?.card.offersAgenticVideo ?? false }

  /// The request as far as its tokens go; `nil` when the length of its media is not known.
  static func shape(
    of request: GenerateContentRequest,
    stretch: TimeRange?,
    facts: MediaFacts?,
    _ prompt: ExtractionPrompt,
    _ settings: RequestSettings
  ) -> RequestShape? {
    var media: MediaSelection?
    if request.hasPlaceholder {
      guard let stretch else { return nil }
      media = MediaSelection(
        range: stretch,
        fps: settings.fps,
        resolution: request.generationConfig?.mediaResolution ?? .unspecified,
        hasVideo: facts.map { $0.video != nil } ?? true,
        hasAudio: facts?.hasAudio ?? true
      )
    }
    return RequestShape(
      media: media,
      textTokens: textTokens(of: request),
      output: OutputShape(schema: prompt.schema, encoding: settings.encoding),
      thinking: thinking(request)
    )
  }

  /// The money to expect of a request about each clip; `nil` when tokens or prices are not known.
  func cost(of shape: RequestShape?, clips: [TimeRange?]) -> CostRange? {
    guard let shape, let estimator, let calculator else { return nil }
    var total = CostRange.zero
    for clip in clips {
      var part = shape
      if let clip { part.media?.range = clip }
      total = total + calculator.estimate(estimator.estimate(part))
    }
    return total
  }

  /// The text of all parts, and the schema beside them.
  static func textTokens(of request: GenerateContentRequest) -> Int {
    let contents = request.contents + [request.systemInstruction].compactMap(\.self)
    let texts = contents.flatMap(\.parts).compactMap(\.text)
    let schema = request.generationConfig?.responseJsonSchema?.rendered() ?? ""
    return (texts + [schema]).reduce(0) { $0 + TextTokenEstimator.tokens(in: $1) }
  }

  /// How much thinking is asked for.
  static func thinking(_ request: GenerateContentRequest) -> ThinkingSetting {
    let config = request.generationConfig?.thinkingConfig
    if let level = config?.thinkingLevel { return .level(level) }
    return config?.thinkingBudget.map(ThinkingSetting.budget) ?? .automatic
  }

  /// The model that answered, as its answer names it.
  func answering(_ version: String?) -> AnsweringModel {
    guard let version, version != model else { return .asked }
    guard let card = catalog.resolve(version)?.card else {
      return version.hasPrefix(model) ? .asked : .unknown(version)
    }
    return card.id == resolution?.card.id ? .asked : .other(version, card)
  }

  /// The money that was billed for a request, by the prices of the model that answered and the tier
  /// that served; `nil` when they are not known.
  func cost(of usage: Usage, by version: String? = nil, at served: ServiceTier? = nil) -> Cost? {
    var card = resolution?.card
    if case .other(_, let other) = answering(version) { card = other }
    guard let card else { return nil }
    return calculator(card, served ?? tier)?.cost(of: usage)
  }

  private var calculator: CostCalculator? {
    (resolution?.card).flatMap { calculator($0, tier) }
  }

  private func calculator(_ card: ModelCard, _ tier: ServiceTier) -> CostCalculator? {
    try? CostCalculator(card: card, platform: platform, tier: tier, day: day)
  }
}

/// Who answered.
enum AnsweringModel {
  /// The model that was asked, or a version of it.
  case asked
  /// Another one, whose prices are known.
  case other(String, ModelCard)
  /// One of which nothing is known.
  case unknown(String)
}
