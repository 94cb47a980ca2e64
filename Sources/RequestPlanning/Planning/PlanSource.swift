public import TranscriptModel

/// A video, as far as planning goes.
public struct PlanSource: Hashable, Sendable {
  /// What people call it: a file's name or a URL.
  public var name: String
  /// What makes it the same medium to the service: its URI, or the digest of its contents.
  public var identity: String
  /// The stretch to send, in the time of the source; `nil` when its length is not known.
  public var range: TimeRange?
  /// The length of the whole source, when known; tells a clip from the whole.
  public var length: Timecode?
  /// Whether there are pictures.
  public var hasVideo: Bool
  /// Whether there is sound.
  public var hasAudio: Bool

  /// A video; `identity` is its name where nothing else is given.
  public init(
    name: String,
    identity: String? = nil,
    range: TimeRange?,
    length: Timecode? = nil,
    hasVideo: Bool = true,
    hasAudio: Bool = true
  ) {
    self.name = name
    self.identity = identity ?? name
    self.range = range
    self.length = length
    self.hasVideo = hasVideo
    self.hasAudio = hasAudio
  }

  /// Whether anything is sent beside text.
  var hasMedia: Bool { hasVideo || hasAudio }

  /// Whether less than the whole source is sent.
  var isClip: Bool {
    guard let range else { return false }
    return range.start > .zero || (length.map { range.end < $0 } ?? false)
  }
}
