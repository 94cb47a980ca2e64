internal import GeminiAPI
public import TranscriptModel

/// One finished request of the user's own: what was asked and what was billed.
public struct RunObservation: Sendable {
  /// The model that answered.
  public let model: String
  /// The platform.
  public let platform: ModelPlatform
  /// What was asked.
  public let shape: RequestShape
  /// What was billed.
  public let usage: Usage
  /// Whether the reply was whole; a cut one says nothing about its length.
  public let isComplete: Bool
  /// How long it took, with everything that was waited for, in seconds; `nil` when not measured.
  public let seconds: Double?

  /// One finished request.
  public init(
    model: String,
    platform: ModelPlatform,
    shape: RequestShape,
    usage: Usage,
    isComplete: Bool,
    seconds: Double? = nil
  ) {
    self.model = model
    self.platform = platform
    self.shape = shape
    self.usage = usage
    self.isComplete = isComplete
    self.seconds = seconds
  }
}

/// Rates learnt from the user's own runs; each is used only once enough runs stand behind it.
public struct LearnedRates: Hashable, Sendable {
  /// The fewest runs that outweigh the published figures.
  public static let fewestRuns = 3

  struct FrameKey: Hashable {
    let model: String
    let platform: ModelPlatform
    let resolution: MediaResolution
  }

  /// The shape tells encoding, tables and columns.
  struct OutputKey: Hashable {
    let model: String
    let shape: Int
  }

  struct ThinkingKey: Hashable {
    let model: String
    let setting: ThinkingSetting
  }

  /// Tokens for each frame.
  var frames: [FrameKey: LearnedSamples] = [:]
  /// Tokens of the visible reply for each second of video.
  var output: [OutputKey: LearnedSamples] = [:]
  /// Tokens of thinking for each request.
  var thinking: [ThinkingKey: LearnedSamples] = [:]
  /// Tokens to expect by the card, thought or written, for each second of waiting for an answer of a model:
  /// by them the next answers are expected, too, whatever is written in the end.
  var pace: [String: LearnedSamples] = [:]

  /// Nothing learnt yet.
  public init() {}

  /// What some runs teach, the oldest first.
  public init(_ observations: some Sequence<RunObservation>, catalog: ModelCatalog) {
    for observation in observations { learn(observation, catalog: catalog) }
  }

  /// Adds what a run teaches; cut replies and requests without video are left out where they
  /// mislead.
  public mutating func learn(_ run: RunObservation, catalog: ModelCatalog) {
    let card = catalog.resolve(run.model)?.card
    let model = card?.id ?? run.model
    if let media = run.shape.media {
      let video = run.usage.promptTokens(of: "VIDEO")
      if media.frames > 0, !media.isAgentic, let video,
        isPlausible(run, video: video, catalog: catalog)
      {
        let key = FrameKey(model: model, platform: run.platform, resolution: media.resolution)
        frames[key, default: .init()].add(Double(video) / Double(media.frames))
      }
      if run.isComplete, media.range.milliseconds > 0 {
        let seconds = Double(media.range.milliseconds) / 1000
        let key = OutputKey(model: model, shape: run.shape.output.signature)
        output[key, default: .init()].add(Double(run.usage.outputTokens) / seconds)
      }
    }
    learnPace(of: run, catalog: catalog)
    guard let control = card?.thinking else { return }
    let key = ThinkingKey(model: model, setting: run.shape.thinking.resolved(by: control))
    thinking[key, default: .init()].add(Double(run.usage.thoughtsTokens))
  }

  /// Adds how long an answer took, and nothing about its tokens: all that an emulator teaches.
  public mutating func learnPace(of run: RunObservation, catalog: ModelCatalog) {
    guard run.isComplete, let seconds = run.seconds, seconds > 0,
      let card = catalog.resolve(run.model)?.card
    else { return }
    let tokens = TokenEstimator(card: card, platform: run.platform).estimate(run.shape).billedOutput
    pace[card.id, default: .init()].add(Double(tokens.expected) / seconds)
  }

  /// Whether the frames cost between half and twice what the card says; if not, the service looked
  /// at other frames than asked for, and the rate would be wrong.
  private func isPlausible(_ run: RunObservation, video: Int, catalog: ModelCatalog) -> Bool {
    guard let card = catalog.resolve(run.model)?.card else { return video > 0 }
    let expected = TokenEstimator(card: card, platform: run.platform).estimate(run.shape).video
    return expected > 0 && video * 2 >= expected && video <= expected * 2
  }

  func tokensPerFrame(
    model: String,
    platform: ModelPlatform,
    _ resolution: MediaResolution
  ) -> (tokens: Int, runs: Int)? {
    guard !frames.isEmpty else { return nil }
    let key = FrameKey(model: model, platform: platform, resolution: resolution)
    return enough(frames[key]).map { (LearnedSamples.tokens($0.median), $0.count) }
  }

  func outputTokens(
    model: String,
    shape: OutputShape,
    seconds: Double
  ) -> (tokens: TokenRange, runs: Int)? {
    guard !output.isEmpty, seconds > 0 else { return nil }
    return enough(output[OutputKey(model: model, shape: shape.signature)])
      .map { ($0.range(times: seconds), $0.count) }
  }

  func thinkingTokens(model: String, _ setting: ThinkingSetting) -> TokenRange? {
    guard !thinking.isEmpty else { return nil }
    return enough(thinking[ThinkingKey(model: model, setting: setting)])?.range(times: 1)
  }

  /// How long a model takes for so many tokens to expect by its card, in seconds.
  func seconds(model: String, tokens: Int) -> Double? {
    guard let pace = enough(pace[model])?.median, pace > 0 else { return nil }
    return Double(tokens) / pace
  }

  private func enough(_ samples: LearnedSamples?) -> LearnedSamples? {
    guard let samples, samples.count >= Self.fewestRuns else { return nil }
    return samples
  }
}

extension Usage {
  /// The prompt's tokens of a modality, `nil` when the service did not list modalities.
  func promptTokens(of modality: String) -> Int? {
    guard !promptTokensByModality.isEmpty else { return nil }
    return promptTokensByModality.filter { $0.modality == modality }.map(\.tokens).reduce(0, +)
  }
}
