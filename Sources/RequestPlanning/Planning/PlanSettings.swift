public import TabularExtraction

/// The settings of a request, as far as planning goes.
public struct PlanSettings: Hashable, Sendable {
  /// The model's name, an alias too.
  public var model: String
  /// The platform.
  public var platform: ModelPlatform
  /// The project, where the platform has one; caches belong to it.
  public var project: String
  /// The location, where the platform has one; caches belong to it.
  public var location: String
  /// Frames looked at in each second; `nil` is the service's default.
  public var framesPerSecond: Double?
  /// How much detail is seen in each frame.
  public var resolution: ResolutionLevel
  /// How much thinking is asked for.
  public var thinking: ThinkingSetting
  /// How the tables are written.
  public var encoding: ReplyEncoding

  /// Settings; the service's defaults where nothing is given.
  public init(
    model: String,
    platform: ModelPlatform = .aiStudio,
    project: String = "",
    location: String = "",
    framesPerSecond: Double? = nil,
    resolution: ResolutionLevel = .unspecified,
    thinking: ThinkingSetting = .automatic,
    encoding: ReplyEncoding = .json
  ) {
    self.model = model
    self.platform = platform
    self.project = project
    self.location = location
    self.framesPerSecond = framesPerSecond
    self.resolution = resolution
    self.thinking = thinking
    self.encoding = encoding
  }
}
