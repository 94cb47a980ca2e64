internal import GeminiAPI
internal import RequestPlanning

/// What a request needs beside the prompt's words to suit its model, its media and the platform: the
/// same for every request of a transcription.
struct RequestFit {
  let prompt: ExtractionPrompt
  /// What the user asked for.
  let settings: RequestSettings
  let media: MediaInput
  let platform: ModelPlatform
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
    // Google's own examples for recordings of sound set it; the Gemini API has no such field.
    if platform == .agentPlatform, media.source == "audio" {
      request.generationConfig?.audioTimestamp = true
    }
    try checkPictures(layers)
    return [thinking.notice, withoutEffect(layers)].compactMap(\.self)
  }

  /// What is asked of pictures that are not there, or not sent.
  private func withoutEffect(_ layers: MediaLayers) -> String? {
    let isSound = media.source == "audio"
    guard isSound || !layers.hasFrames else { return nil }
    let idle = [
      settings.fps.map { _ in "--fps" }, settings.mediaResolution.map { _ in "--media-resolution" },
      settings.processing.map { _ in "--processing" },
    ].compactMap(\.self)
    guard !idle.isEmpty else { return nil }
    let reason =
      isSound
      ? "the source is sound alone" : "the prompt \(prompt.name) is sent the sound alone"
    let names = idle.joined(separator: " and ")
    return "\(names) \(idle.count == 1 ? "has" : "have") no effect: \(reason)."
  }

  private func checkPictures(_ layers: MediaLayers) throws(TranscriptionError) {
    if media.source == "audio", !layers.hasSound {
      throw TranscriptionError(
        .invalidSettings,
        "The source has no pictures, so that nothing is left with --layers frames.",
        remedy: "Leave --layers out."
      )
    }
    guard settings.processing == .agentic, layers.hasFrames, media.source != "audio" else { return }
    let clipping = [
      settings.start.map { _ in "--start" }, settings.end.map { _ in "--end" },
      settings.fps.map { _ in "--fps" }, settings.sharding.isCutting ? "--shard" : nil,
    ].compactMap(\.self)
    guard let first = clipping.first else { return }
    throw TranscriptionError(
      .invalidSettings,
      "\(first) would be passed over with --processing agentic: the model looks at all of the video, "
        + "where it wants.",
      remedy: "Leave one of the two out."
    )
  }
}

extension Sharding {
  /// Whether clips of a certain length are asked for.
  fileprivate var isCutting: Bool { if case .every = self { true } else { false } }
}
