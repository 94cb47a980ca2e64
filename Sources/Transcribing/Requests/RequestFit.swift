internal import GeminiAPI
internal import RequestPlanning

/// What a request needs beside the prompt's words to suit its model, its media and the platform: the
/// same for every request of a transcription.
struct RequestFit {
  let prompt: ExtractionPrompt
  /// What the user asked for.
  let settings: RequestSettings
  let media: MediaInput
  let backend: GeminiConfiguration.Backend
  /// The model's card; without one everything goes as it is.
  let card: ModelCard?

  /// Changes what has to be another way, and says what a person should know of it.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidSettings` for what the user ordered and
  ///   cannot be had.
  func fit(_ request: inout GenerateContentRequest) throws(TranscriptionError) -> [String] {
    let layers = prompt.layers(settings)
    let thinking = try ThinkingFit(
      asked: settings.thinking,
      config: request.generationConfig?.thinkingConfig,
      card: card,
      prompt: prompt.name
    )
    if let config = thinking.config { request.generationConfig?.thinkingConfig = config }
    let changed = try card.map { card throws(TranscriptionError) in
      try apply(card.objections(to: demands(request, layers)), of: card, to: &request)
    }
    // Google's own examples for recordings of sound set it; the Gemini API has no such field.
    if backend.platform == .agentPlatform, media.source == "audio" {
      request.generationConfig?.audioTimestamp = true
    }
    try checkPictures(layers)
    let sharpening = try sharpeningNotice(request)
    return [thinking.notice].compactMap(\.self) + (changed ?? [])
      + [withoutEffect(layers), sharpening].compactMap(\.self)
  }

  private func demands(
    _ request: GenerateContentRequest,
    _ layers: MediaLayers
  ) -> ModelDemands {
    let config = request.generationConfig
    var demands = ModelDemands()
    demands.thinking = request.thinking
    demands.sampling = config?.samplingNames ?? []
    demands.resolution = config?.mediaResolution
    demands.isAgentic = settings.processing == .agentic
    // Of a file that was uploaded before, nothing is known.
    demands.showsPictures = layers.hasFrames && media.source == "video"
    demands.maxOutputTokens = config?.maxOutputTokens
    demands.api = settings.api
    (demands.platform, demands.location) = (backend.platform, backend.place)
    return demands
  }

  /// Leaves out what a prompt wishes and the model does not take; refuses what the user ordered.
  private func apply(
    _ objections: [ModelObjection],
    of card: ModelCard,
    to request: inout GenerateContentRequest
  ) throws(TranscriptionError) -> [String] {
    var notices: [String] = []
    for objection in objections {
      let wish = "The prompt \(prompt.name) sets"
      switch objection.subject {
      case .sampling(let name):
        // Advice against it is no reason to ask for something else than the prompt says.
        guard objection.isRefused || card.sampling == .ignored else {
          notices.append("\(wish) \(name) with \(card.id): \(objection.reason).")
          continue
        }
        request.generationConfig?.leaveOut(name)
        notices.append("\(wish) \(name), which is left out with \(card.id): \(objection.reason).")
      case .thinking where settings.thinking == .automatic:
        request.generationConfig?.thinkingConfig?.thinkingBudget = nil
        notices.append(
          "\(wish) a thinking budget, which is left out with \(card.id): \(objection.reason)."
        )
      case .output:
        request.generationConfig?.maxOutputTokens = nil
        notices.append(
          "\(wish) maxOutputTokens, which is left out with \(card.id): \(objection.reason)."
        )
      case .thinking, .resolution, .agentic, .pictures, .location, .interface:
        throw refusal(of: objection, card)
      }
    }
    return notices
  }

  private func refusal(of objection: ModelObjection, _ card: ModelCard) -> TranscriptionError {
    let (asked, remedy): (String, String) =
      switch objection.subject {
      case .location:
        (
          "\(card.id) cannot be asked in \(backend.place)",
          "Give the setting location global, or another model"
        )
      case .interface:
        (
          "\(card.id) cannot be asked with the setting api interactions",
          "Leave the setting api out, or choose a model whose thinking has levels"
        )
      case .pictures:
        ("\(card.id) cannot be shown a video", "Choose a model that sees, or give it the sound")
      case .agentic:
        (
          "The setting processing agentic cannot be asked of \(card.id)",
          "Leave it out, or choose a newer Flash model"
        )
      default:
        ("\(card.id) cannot be asked so", "See tabscribe models show \(card.id)")
      }
    return TranscriptionError(
      .invalidSettings,
      "\(asked): \(objection.reason).",
      remedy: remedy + "."
    )
  }

  /// What is asked of pictures that are not there, or not sent.
  private func withoutEffect(_ layers: MediaLayers) -> String? {
    let isSound = media.source == "audio"
    guard isSound || !layers.hasFrames else { return nil }
    let idle = [
      settings.fps.map { _ in "the setting fps" },
      settings.mediaResolution.map { _ in "the setting mediaResolution" },
      settings.processing.map { _ in "the setting processing" },
    ].compactMap(\.self)
    guard !idle.isEmpty else { return nil }
    let reason =
      isSound
      ? "the source is sound alone" : "the prompt \(prompt.name) is sent the sound alone"
    let names = idle.joined(separator: " and ").dropFirst("the".count)
    return "The\(names) \(idle.count == 1 ? "has" : "have") no effect: \(reason)."
  }

  /// What to know of looking for names in high detail; the model has to offer that.
  private func sharpeningNotice(
    _ request: GenerateContentRequest
  ) throws(TranscriptionError) -> String? {
    guard settings.sharpens else { return nil }
    if let obstacle = sharpeningObstacle(request) {
      return "The setting sharpen has no effect: \(obstacle)."
    }
    var demands = ModelDemands()
    (demands.resolution, demands.showsPictures) = (.high, true)
    let objections = card?.objections(to: demands) ?? []
    guard let card, let objection = objections.first(where: { $0.subject == .resolution }) else {
      return nil
    }
    throw TranscriptionError(
      .invalidSettings,
      "The setting sharpen cannot be asked of \(card.id): \(objection.reason).",
      remedy: "Leave it out, or choose another model."
    )
  }

  private func checkPictures(_ layers: MediaLayers) throws(TranscriptionError) {
    if media.source == "audio", !layers.hasSound {
      throw TranscriptionError(
        .invalidSettings,
        "The source has no pictures, so that nothing is left with the setting layers frames.",
        remedy: "Leave the setting layers out."
      )
    }
    guard settings.processing == .agentic, layers.hasFrames, media.source != "audio" else { return }
    let clipping = [
      settings.start.map { _ in "the setting start" }, settings.end.map { _ in "the setting end" },
      settings.fps.map { _ in "the setting fps" },
      settings.sharding.isCutting ? "the setting shard" : nil,
      settings.sharpens ? "the setting sharpen" : nil,
    ].compactMap(\.self)
    guard let first = clipping.first else { return }
    throw TranscriptionError(
      .invalidSettings,
      "\(first) would be passed over with the setting processing agentic: the model looks at all of "
        + "the video, where it wants.",
      remedy: "Leave one of the two out."
    )
  }
}

extension GeminiConfiguration.Backend {
  /// The location on the Agent Platform; empty elsewhere.
  fileprivate var place: String {
    if case .agentPlatform(_, let location) = self { location } else { "" }
  }
}

extension GenerationConfig {
  /// Which of the settings of sampling are there.
  fileprivate var samplingNames: [String] {
    [
      temperature.map { _ in "temperature" }, topP.map { _ in "topP" }, topK.map { _ in "topK" },
    ].compactMap(\.self)
  }

  fileprivate mutating func leaveOut(_ name: String) {
    switch name {
    case "temperature": temperature = nil
    case "topP": topP = nil
    default: topK = nil
    }
  }
}

extension Sharding {
  /// Whether clips of a certain length are asked for.
  fileprivate var isCutting: Bool { if case .every = self { true } else { false } }
}
