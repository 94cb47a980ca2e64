/// How many tokens the model spends on each frame or picture.
public struct MediaResolution: WireName {
  /// The value as the wire spells it.
  public let rawValue: String

  /// The value spelled so on the wire.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Few tokens: who speaks and what happens.
  public static let low = Self(rawValue: "MEDIA_RESOLUTION_LOW")
  /// The middle way.
  public static let medium = Self(rawValue: "MEDIA_RESOLUTION_MEDIUM")
  /// Many tokens: small print on slides.
  public static let high = Self(rawValue: "MEDIA_RESOLUTION_HIGH")
  /// Most tokens; pictures only, for a single part only.
  public static let ultraHigh = Self(rawValue: "MEDIA_RESOLUTION_ULTRA_HIGH")
}
