internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
internal import RequestPlanning
internal import TranscriptModel

/// What a request will take, by the data on its model.
struct Forecast: Sendable {
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

  /// The money that was billed; `nil` when the prices are not known.
  func cost(of usage: Usage) -> Cost? { calculator?.cost(of: usage) }

  private var calculator: CostCalculator? {
    guard let card = resolution?.card else { return nil }
    return try? CostCalculator(card: card, platform: platform, tier: tier, day: day)
  }
}
