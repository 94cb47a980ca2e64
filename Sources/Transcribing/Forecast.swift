internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
internal import RequestPlanning
internal import TranscriptModel

/// What a request will take, by the data on its model.
struct Forecast {
  private let resolution: ModelCatalog.Resolution?
  private let platform: ModelPlatform
  private let tier: BillingTier
  private let day: CalendarDay
  /// What should be known before sending, one sentence each.
  let notices: [String]

  init(
    catalog: ModelCatalog,
    model: String,
    backend: GeminiConfiguration.Backend,
    tier: BillingTier = .standard,
    day: CalendarDay
  ) {
    self.tier = tier
    platform = backend == .aiStudio ? .aiStudio : .agentPlatform
    self.day = day
    resolution = catalog.resolve(model)
    if let resolution {
      notices = resolution.notices(on: platform, day: day).map(\.message)
    } else {
      notices = ["Nothing is known about the model \(model), so there is no estimate."]
    }
  }

  /// Whether the model may look where it wants, unless it is told otherwise.
  var offersAgenticVideo: Bool { resolution?.card.offersAgenticVideo ?? false }

  /// The tokens to expect; `nil` when the model or the length of the media is not known.
  func tokens(
    of request: GenerateContentRequest,
    stretch: TimeRange?,
    facts: MediaFacts?,
    _ prompt: ExtractionPrompt,
    _ settings: TranscriptionSettings
  ) -> TokenEstimate? {
    guard let card = resolution?.card else { return nil }
    var media: MediaSelection?
    if request.hasPlaceholder {
      guard let stretch else { return nil }
      let level = request.generationConfig?.mediaResolution
      media = MediaSelection(
        range: stretch,
        framesPerSecond: settings.fps,
        resolution: level.flatMap { ResolutionLevel(name: $0.rawValue) } ?? .unspecified,
        hasVideo: facts.map { $0.video != nil } ?? true,
        hasAudio: facts?.hasAudio ?? true
      )
    }
    return TokenEstimator(card: card, platform: platform).estimate(
      RequestShape(
        media: media,
        textTokens: Self.textTokens(of: request),
        output: OutputShape(schema: prompt.schema, encoding: settings.encoding),
        thinking: Self.thinking(request)
      )
    )
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
    if let level = config?.thinkingLevel { return .level(level.rawValue) }
    return config?.thinkingBudget.map(ThinkingSetting.budget) ?? .automatic
  }

  /// The money to expect; `nil` when the prices are not known.
  func cost(of tokens: TokenEstimate?) -> CostRange? {
    guard let tokens else { return nil }
    return calculator?.estimate(tokens)
  }

  /// The money that was billed; `nil` when the prices are not known.
  func cost(of usage: Usage) -> Cost? { calculator?.cost(of: usage) }

  private var calculator: CostCalculator? {
    guard let card = resolution?.card else { return nil }
    return try? CostCalculator(card: card, platform: platform, tier: tier, day: day)
  }
}
