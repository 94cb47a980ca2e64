internal import PlainText

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
  /// When it was recorded, RFC 3339 in UTC; `nil` when the container does not say.
  public let recordedAt: String?

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
    container: String,
    recordedAt: String? = nil
  ) {
    self.durationMS = durationMS
    self.video = video
    self.hasAudio = hasAudio
    self.soundMS = soundMS
    self.channels = channels
    self.container = container
    self.recordedAt = recordedAt
  }

  /// What is left of it without the picture.
  package var soundAlone: MediaFacts {
    MediaFacts(
      durationMS: durationMS,
      video: nil,
      hasAudio: hasAudio,
      soundMS: soundMS,
      channels: channels,
      container: container,
      recordedAt: recordedAt
    )
  }
}

extension MediaFacts {
  /// A length that a file states in seconds; `nil` for one that cannot be.
  static func milliseconds(seconds: Double) -> Int? {
    seconds > 0 && seconds < 1e9 ? Int((seconds * 1000).rounded()) : nil
  }

  /// A moment that a file states, in whole seconds of UTC; `nil` for none.
  ///
  /// Cameras whose clock was never set state the moment from which they count.
  static func moment(_ text: String) -> String? {
    guard let date = MomentText.date(text) else { return nil }
    let exact = MomentText.exact(date)
    let isUnset = ["1904-01-01", "1970-01-01"].contains { exact.hasPrefix($0) }
    return exact.count == 20 && !isUnset ? exact : nil
  }

  /// A length that a file states as `00:01:38.108000000`; `nil` for one that cannot be.
  static func milliseconds(clock: String) -> Int? {
    let parts = clock.split(separator: ":").map { Double($0) }
    guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2]
    else { return nil }
    return milliseconds(seconds: (hours * 60 + minutes) * 60 + seconds)
  }
}
