internal import TranscriptModel

/// One request to plan.
public struct PlanRequest: Hashable, Sendable {
  /// The video.
  public var source: PlanSource
  /// The prompt.
  public var prompt: PlanPrompt
  /// The settings.
  public var settings: PlanSettings

  /// One request to plan.
  public init(source: PlanSource, prompt: PlanPrompt, settings: PlanSettings) {
    self.source = source
    self.prompt = prompt
    self.settings = settings
  }

  /// Every prompt over every source with every settings, in that order of nesting: settings
  /// innermost.
  public static func matrix(
    sources: [PlanSource],
    prompts: [PlanPrompt],
    settings: [PlanSettings]
  ) -> [PlanRequest] {
    var result: [PlanRequest] = []
    result.reserveCapacity(sources.count * prompts.count * settings.count)
    for source in sources {
      for prompt in prompts {
        for settings in settings {
          result.append(PlanRequest(source: source, prompt: prompt, settings: settings))
        }
      }
    }
    return result
  }

  /// The request as far as its tokens go; `nil` when the length of the source is not known.
  public var shape: RequestShape? {
    guard let range = source.range else { return nil }
    return RequestShape(
      media: MediaSelection(
        range: range,
        framesPerSecond: settings.framesPerSecond,
        resolution: settings.resolution,
        hasVideo: source.hasVideo,
        hasAudio: source.hasAudio
      ),
      textTokens: prompt.textTokens,
      textIsCounted: prompt.textIsCounted,
      output: prompt.output(settings.encoding),
      thinking: settings.thinking
    )
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
  let framesPerSecond: Double?
  let resolution: ResolutionLevel

  init(_ request: PlanRequest, model: String) {
    let settings = request.settings
    (platform, project, location) = (settings.platform, settings.project, settings.location)
    self.model = model
    (system, leading) = (request.prompt.systemIdentity, request.prompt.leadingIdentity)
    (source, range) = (request.source.identity, request.source.range)
    // Saying nothing and saying the default give the same frames.
    framesPerSecond = settings.framesPerSecond ?? MediaSelection.defaultFramesPerSecond
    resolution = settings.resolution
  }

  /// Sixteen hexadecimal digits, the same in every run of the program.
  var identifier: String {
    var hasher = StableHasher()
    let times = [range?.start.milliseconds ?? -1, range?.end.milliseconds ?? -1]
    let parts = [
      platform.rawValue, project, location, model, system, leading, source, "\(times)",
      "\(framesPerSecond ?? 0)", resolution.rawValue,
    ]
    for part in parts { hasher.combine(part) }
    let digits = String(UInt(bitPattern: hasher.value), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
