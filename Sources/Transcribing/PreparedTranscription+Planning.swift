internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
public import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptStitching

extension PreparedTranscription {
  /// The request about all of it at once, as far as planning goes.
  public var planRequest: PlanRequest { planRequest(about: nil) }

  /// The request about a stretch; `nil` is all of it.
  func planRequest(about stretch: TimeRange?) -> PlanRequest {
    PlanRequest(source: planSource(stretch), prompt: planPrompt, settings: effective)
  }

  /// What is asked about, as far as planning goes.
  func planSource(_ range: TimeRange?) -> PlanSource {
    let isOpen = range?.isOpenEnded ?? true
    var planned = PlanSource(
      name: source.uri,
      range: isOpen ? stretch ?? rememberedStretch : range,
      length: duration ?? rememberedLength,
      media: mediaInput,
      facts: facts
    )
    // Each channel is a medium of its own.
    if let channelNumber { planned.identity += " channel \(channelNumber)" }
    return planned
  }

  /// Whether a video of YouTube of unknown length is asked about from its beginning to its end, so that what
  /// is billed tells the length.
  var isAskedWhole: Bool {
    source.kind == VideoSource.youTube("").kind && duration == nil && clips.count == 1
      && settings.start == nil && settings.end == nil
  }

  /// All of a source, as long as it was before; of a clip without an end too little is known.
  private var rememberedStretch: TimeRange? {
    guard settings.start == nil, settings.end == nil else { return nil }
    return rememberedLength.map { TimeRange(start: .zero, end: $0) }
  }

  /// The money to expect of one request in the course of it; `nil` when it cannot be known.
  func cost(of order: RequestOrder) -> CostEstimate? {
    if let piece = order.piece { return cost(of: planRequest(about: piece)) }
    let request = PlanRequest(
      source: planSource(order.range),
      prompt: PlanPrompt(order.request, name: prompt.name, schema: order.schema),
      settings: settings.completed(by: order.request, model: model, for: backend)
    )
    return cost(of: request)
  }

  private func cost(of request: PlanRequest) -> CostEstimate? {
    request.shape.flatMap(quote.tokens).flatMap { quote.cost(of: $0) }
  }
}

extension PlanSource {
  /// What is asked about; what is not known of a source is taken to be there.
  init(
    name: String,
    range: TimeRange?,
    length: Timecode?,
    media: MediaInput,
    facts: MediaFacts?
  ) {
    self.init(
      name: name,
      range: range,
      length: length,
      hasVideo: facts.map { $0.video != nil } ?? (media.source != "audio"),
      hasAudio: facts?.hasAudio ?? true
    )
  }
}

extension PlanPrompt {
  /// The prompt of a request whose media are still to be filled in.
  init(_ request: GenerateContentRequest, name: String, schema: TableSchema) {
    let system = request.systemInstruction?.parts.compactMap(\.text).joined(separator: "\n") ?? ""
    let leading = request.textBeforePlaceholder
    self.init(
      name: name,
      tables: schema.tables,
      textTokens: request.textTokens,
      leadingTokens: TextTokenEstimator.tokens(in: system)
        + TextTokenEstimator.tokens(in: leading),
      systemIdentity: system,
      leadingIdentity: leading
    )
  }
}

extension GenerateContentRequest {
  /// The tokens of the text of all parts.
  ///
  /// The schema of the answer counts for nothing: recorded answers of 2.0, 2.5, 3 and 3.6 Flash count the
  /// text beside one alone.
  fileprivate var textTokens: Int {
    let contents = contents + [systemInstruction].compactMap(\.self)
    return contents.flatMap(\.parts).compactMap(\.text)
      .reduce(0) { $0 + TextTokenEstimator.tokens(in: $1) }
  }

  /// How much thinking is asked for.
  var thinking: ThinkingSetting {
    let config = generationConfig?.thinkingConfig
    if let level = config?.thinkingLevel { return .level(level) }
    return config?.thinkingBudget.map(ThinkingSetting.budget) ?? .automatic
  }

  /// The text that stands before the media; none when they come first, as they should.
  fileprivate var textBeforePlaceholder: String {
    var text = ""
    for part in contents.flatMap(\.parts) {
      if case .fileData(let data) = part.payload, data.fileUri == RequestBuilder.placeholder {
        return text
      }
      text += part.text ?? ""
    }
    return ""
  }
}
