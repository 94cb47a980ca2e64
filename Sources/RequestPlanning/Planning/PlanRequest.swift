internal import GeminiAPI
internal import PlainText
internal import TranscriptModel

/// One request to plan.
public struct PlanRequest: Hashable, Sendable {
  /// The video.
  public var source: PlanSource
  /// The prompt.
  public var prompt: PlanPrompt
  /// The settings.
  public var settings: RequestSettings
  /// Whether it is the second pass over what the request before it is about: it goes out by itself
  /// once that is answered.
  public var isSecondPass: Bool
  /// Whether a speech model is asked for the words of what the request before it is about: it goes out by
  /// itself once that is answered.
  public var isForWords = false
  /// Whether an answer to it is kept, so that it costs nothing more.
  public var isAnswered = false
  /// The prompt by which names that stay unknown are looked for again; `nil` where that is not asked
  /// for, or cannot find any.
  public var nameSearch: PlanPrompt?

  /// One request to plan.
  public init(
    source: PlanSource,
    prompt: PlanPrompt,
    settings: RequestSettings,
    isSecondPass: Bool = false
  ) {
    self.isSecondPass = isSecondPass
    self.source = source
    self.prompt = prompt
    self.settings = settings
  }

  /// The request as far as its tokens go; `nil` when the length of the source is not known.
  public var shape: RequestShape? {
    guard let range = source.range else { return nil }
    return RequestShape(
      media: MediaSelection(
        range: range,
        fps: settings.fps,
        resolution: settings.mediaResolution ?? .unspecified,
        hasVideo: source.hasVideo && settings.layers?.hasFrames ?? true,
        hasAudio: source.hasAudio && settings.layers?.hasSound ?? true,
        isAgentic: settings.isAgentic
      ),
      textTokens: prompt.textTokens,
      textIsCounted: prompt.textIsCounted,
      output: prompt.output(settings.encoding),
      thinking: settings.thinking
    )
  }
}

extension PlanRequest {
  /// Whether it goes out by itself once the request before it is answered.
  public var isFollowUp: Bool { isSecondPass || isForWords }

  /// What it asks of its model, as far as planning knows.
  var demands: ModelDemands {
    var demands = ModelDemands()
    demands.thinking = settings.thinking
    demands.resolution = settings.mediaResolution
    demands.isAgentic = settings.isAgentic
    demands.showsPictures = source.hasVideo && settings.layers?.hasFrames ?? true
    demands.api = settings.api
    (demands.platform, demands.location) = (settings.platform, settings.location)
    return demands
  }
}

/// Everything that two requests must have in common for the beginning of one to be found in the
/// cache of the other.
struct PrefixKey: Hashable {
  let platform: ModelPlatform
  let project: String
  let location: String
  let model: String
  let system: String
  let leading: String
  let source: String
  let range: TimeRange?
  let fps: Double
  let resolution: MediaResolution
  let layers: MediaLayers
  let isAgentic: Bool

  init(_ request: PlanRequest, model: String) {
    let settings = request.settings
    (platform, project, location) = (settings.platform, settings.project, settings.location)
    self.model = model
    (system, leading) = (request.prompt.systemIdentity, request.prompt.leadingIdentity)
    (source, range) = (request.source.identity, request.source.range)
    // Saying nothing and saying the default give the same frames.
    fps = settings.fps ?? RequestSettings.usualFPS
    resolution = settings.mediaResolution ?? .unspecified
    layers = settings.layers ?? .both
    isAgentic = settings.isAgentic
  }

  /// Sixteen hexadecimal digits, the same in every run of the program.
  var identifier: String {
    var hasher = StableHash()
    let times = [range?.start.milliseconds ?? -1, range?.end.milliseconds ?? -1]
    let parts = [
      platform.rawValue, project, location, model, system, leading, source, "\(times)",
      "\(fps)", resolution.name,
    ]
    for part in parts { hasher.add(part: part) }
    if layers != .both { hasher.add(part: layers.rawValue) }
    if isAgentic { hasher.add(part: "agentic") }
    return hasher.hexadecimal
  }
}
