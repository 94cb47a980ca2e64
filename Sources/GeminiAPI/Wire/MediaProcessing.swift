/// How the model goes through a video.
public struct MediaProcessing: WireName {
  /// The value as the wire spells it.
  public let rawValue: String

  /// The value spelled so on the wire.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Frames at a fixed rate, all of them in the prompt: reproducible.
  public static let fixedRate = Self(rawValue: "STATIC")
  /// The model looks where it wants; clips and frame rates do not apply.
  public static let agentic = Self(rawValue: "AGENTIC")
}
