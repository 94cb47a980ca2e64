public import GeminiAPI

/// What of a video a model is given.
public enum MediaLayers: String, Hashable, Sendable, CaseIterable {
  /// The sound alone.
  case audio
  /// The pictures alone.
  case frames
  /// Pictures and sound, as the service does when nothing is said.
  case both

  /// Whether the pictures are among it.
  public var hasFrames: Bool { self != .audio }
  /// Whether the sound is among it.
  public var hasSound: Bool { self != .frames }

  /// As requests name it; nothing for what the service does anyhow.
  public var content: [ContentLayer] {
    switch self {
    case .audio: [.audio]
    case .frames: [.frames]
    case .both: []
    }
  }

  /// What some layers of a request come to; `nil` when they are none of these.
  public init?(_ layers: [ContentLayer]) {
    switch Set(layers) {
    case [], [.audio, .frames]: self = .both
    case [.audio]: self = .audio
    case [.frames]: self = .frames
    default: return nil
    }
  }
}
