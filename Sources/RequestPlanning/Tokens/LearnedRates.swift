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

  /// One finished request.
  public init(
    model: String,
    platform: ModelPlatform,
    shape: RequestShape,
    usage: Usage,
    isComplete: Bool
  ) {
    self.model = model
    self.platform = platform
    self.shape = shape
    self.usage = usage
    self.isComplete = isComplete
  }
}

/// Rates learnt from the user's own runs; each is used only once enough runs stand behind it.
public struct LearnedRates: Sendable {
  /// The fewest runs that outweigh the published figures.
  public static let fewestRuns = 3

  private struct FrameKey: Hashable {
    let model: String
    let platform: ModelPlatform
    let resolution: ResolutionLevel
  }

  private struct ThinkingKey: Hashable {
    let model: String
    let setting: ThinkingSetting
  }

  private var frames: [FrameKey: [Double]] = [:]
  private var output: [Int: [Double]] = [:]
  private var thinking: [ThinkingKey: [Double]] = [:]

  /// Nothing learnt yet.
  public init() {}

  /// What some runs teach; cut replies and requests without video are left out where they mislead.
  public init(_ observations: some Sequence<RunObservation>, catalog: ModelCatalog) {
    for observation in observations { learn(observation, catalog: catalog) }
    sort()
  }

  private mutating func learn(_ run: RunObservation, catalog: ModelCatalog) {
    if let media = run.shape.media {
      let video = run.usage.promptTokens(of: "VIDEO")
      if media.frames > 0, let video, isPlausible(run, video: video, catalog: catalog) {
        let key = FrameKey(model: run.model, platform: run.platform, resolution: media.resolution)
        frames[key, default: []].append(Double(video) / Double(media.frames))
      }
      if run.isComplete, media.range.milliseconds > 0 {
        let seconds = Double(media.range.milliseconds) / 1000
        output[run.shape.output.signature, default: []]
          .append(Double(run.usage.outputTokens) / seconds)
      }
    }
    guard let control = catalog.resolve(run.model)?.card.thinking else { return }
    let key = ThinkingKey(model: run.model, setting: run.shape.thinking.resolved(by: control))
    thinking[key, default: []].append(Double(run.usage.thoughtsTokens))
  }

  /// Whether the frames cost between half and twice what the card says; if not, the service looked
  /// at other frames than asked for, and the rate would be wrong.
  private func isPlausible(_ run: RunObservation, video: Int, catalog: ModelCatalog) -> Bool {
    guard let card = catalog.resolve(run.model)?.card else { return video > 0 }
    let expected = TokenEstimator(card: card, platform: run.platform).estimate(run.shape).video
    return expected > 0 && video * 2 >= expected && video <= expected * 2
  }

  private mutating func sort() {
    frames = frames.mapValues { $0.sorted() }
    output = output.mapValues { $0.sorted() }
    thinking = thinking.mapValues { $0.sorted() }
  }

  func tokensPerFrame(
    model: String,
    platform: ModelPlatform,
    _ resolution: ResolutionLevel
  ) -> (tokens: Int, runs: Int)? {
    guard !frames.isEmpty else { return nil }
    let key = FrameKey(model: model, platform: platform, resolution: resolution)
    guard let rates = enough(frames[key]) else { return nil }
    return (Int(rates[rates.count / 2].rounded()), rates.count)
  }

  func outputTokens(shape: OutputShape, seconds: Double) -> TokenRange? {
    guard !output.isEmpty, seconds > 0 else { return nil }
    return enough(output[shape.signature]).map { range(of: $0, times: seconds) }
  }

  func thinkingTokens(model: String, _ setting: ThinkingSetting) -> TokenRange? {
    guard !thinking.isEmpty else { return nil }
    return enough(thinking[ThinkingKey(model: model, setting: setting)])
      .map { range(of: $0, times: 1) }
  }

  private func enough(_ sorted: [Double]?) -> [Double]? {
    guard let sorted, sorted.count >= Self.fewestRuns else { return nil }
    return sorted
  }

  private func range(of sorted: [Double], times factor: Double) -> TokenRange {
    func tokens(_ rate: Double?) -> Int { Int(((rate ?? 0) * factor).rounded()) }
    return TokenRange(
      low: tokens(sorted.first),
      expected: tokens(sorted[sorted.count / 2]),
      high: tokens(sorted.last)
    )
  }
}

extension Usage {
  /// The prompt's tokens of a modality, `nil` when the service did not list modalities.
  func promptTokens(of modality: String) -> Int? {
    guard !promptTokensByModality.isEmpty else { return nil }
    return promptTokensByModality.filter { $0.modality == modality }.map(\.tokens).reduce(0, +)
  }
}
