public import GeminiAPI
public import TranscriptModel

/// The stretch of a video that is sent, and how closely the model looks at it.
public struct MediaSelection: Hashable, Sendable {
  /// The stretch, in the time of the source.
  public var range: TimeRange
  /// Frames looked at in each second, `0 < x <= 24`; `nil` is the service's default, 1.
  public var fps: Double?
  /// How much detail is seen in each frame.
  public var resolution: MediaResolution
  /// Whether there are pictures.
  public var hasVideo: Bool
  /// Whether there is sound.
  public var hasAudio: Bool
  /// Whether the model chooses the frames it looks at.
  public var isAgentic: Bool

  /// A stretch of a video.
  public init(
    range: TimeRange,
    fps: Double? = nil,
    resolution: MediaResolution = .unspecified,
    hasVideo: Bool = true,
    hasAudio: Bool = true,
    isAgentic: Bool = false
  ) {
    self.range = range
    self.fps = fps
    self.resolution = resolution
    self.hasVideo = hasVideo
    self.hasAudio = hasAudio
    self.isAgentic = isAgentic
  }

  /// The frames the model sees: seconds times frames per second, rounded up; at least one.
  public var frames: Int {
    guard hasVideo, range.milliseconds > 0 else { return 0 }
    return framesUpTo(range.milliseconds)
  }

  /// The frames of the first milliseconds.
  func framesUpTo(_ milliseconds: Int) -> Int {
    let rate = fps ?? RequestSettings.usualFPS
    // A thousandth of a frame hides what binary fractions add to a whole number.
    return Int((Double(milliseconds) * rate / 1000 - 0.001).rounded(.up))
  }
}
