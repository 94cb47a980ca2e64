/// A layer of a video that a model is given.
public struct ContentLayer: WireName {
  /// The value as the wire spells it.
  public let rawValue: String

  /// The value spelled so on the wire.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The pictures.
  public static let frames = Self(rawValue: "FRAMES")
  /// The sound.
  public static let audio = Self(rawValue: "AUDIO")
  /// The words that the service already has of it.
  public static let transcript = Self(rawValue: "TRANSCRIPT")
}
