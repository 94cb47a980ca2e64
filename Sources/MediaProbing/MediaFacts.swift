/// What a media file says about itself.
public struct MediaFacts: Hashable, Sendable {
  /// The length in milliseconds; `nil` when the container does not say.
  public let durationMS: Int?
  /// The picture, when there is one (cover images do not count).
  public let video: Video?
  /// Whether there is sound.
  public let hasAudio: Bool
  /// The length of the sound in milliseconds, when the container states it.
  public let soundMS: Int?
  /// The channels of the first sound track, `1...`; `nil` when that is not known.
  public let channels: Int?
  /// The container's short names as FFmpeg lists them, such as `matroska,webm`.
  public let container: String

  /// A picture track.
  public struct Video: Hashable, Sendable {
    /// Pixels across.
    public let width: Int
    /// Pixels down.
    public let height: Int
    /// Frames per second, when known.
    public let frameRate: Double?
    /// The length of the picture in milliseconds, when the container states it.
    public let durationMS: Int?

    /// A picture track.
    public init(width: Int, height: Int, frameRate: Double?, durationMS: Int? = nil) {
      self.width = width
      self.height = height
      self.frameRate = frameRate
      self.durationMS = durationMS
    }
  }

  /// Facts about a media file.
  public init(
    durationMS: Int?,
    video: Video?,
    hasAudio: Bool,
    soundMS: Int? = nil,
    channels: Int? = nil,
    container: String
  ) {
    self.durationMS = durationMS
    self.video = video
    self.hasAudio = hasAudio
    self.soundMS = soundMS
    self.channels = channels
    self.container = container
  }

  /// What is left of it without the picture.
  package var soundAlone: MediaFacts {
    MediaFacts(
      durationMS: durationMS,
      video: nil,
      hasAudio: hasAudio,
      soundMS: soundMS,
      channels: channels,
      container: container
    )
  }
}

extension MediaFacts {
  /// A length that a file states in seconds; `nil` for one that cannot be.
  static func milliseconds(seconds: Double) -> Int? {
    seconds > 0 && seconds < 1e9 ? Int((seconds * 1000).rounded()) : nil
  }

  /// A length that a file states as `00:01:38.108000000`; `nil` for one that cannot be.
  static func milliseconds(clock: String) -> Int? {
    let parts = clock.split(separator: ":").map { Double($0) }
    guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2]
    else { return nil }
    return milliseconds(seconds: (hours * 60 + minutes) * 60 + seconds)
  }
}
