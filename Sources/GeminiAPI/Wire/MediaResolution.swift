/// How many tokens are spent on each frame of the media.
public struct MediaResolution: WireName, CaseIterable {
  /// The value as the wire spells it.
  public let rawValue: String

  /// The value spelled so on the wire.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// What the model does when nothing is said; not sent.
  public static let unspecified = Self(rawValue: "MEDIA_RESOLUTION_UNSPECIFIED")
  /// Few tokens: who speaks and what happens.
  public static let low = Self(rawValue: "MEDIA_RESOLUTION_LOW")
  /// The middle way.
  public static let medium = Self(rawValue: "MEDIA_RESOLUTION_MEDIUM")
  /// Many tokens: small print on slides.
  public static let high = Self(rawValue: "MEDIA_RESOLUTION_HIGH")
  /// Most tokens; pictures only, for a single part only.
  public static let ultraHigh = Self(rawValue: "MEDIA_RESOLUTION_ULTRA_HIGH")

  /// The values that video may have, the default first.
  public static let allCases: [Self] = [.unspecified, .low, .medium, .high]

  private static let prefix = "MEDIA_RESOLUTION_"

  /// The value of a name, as people (`low`) or the wire (`MEDIA_RESOLUTION_LOW`) spell it.
  public init(name: String) {
    let name = name.uppercased()
    self.init(rawValue: name.hasPrefix(Self.prefix) ? name : Self.prefix + name)
  }

  /// The value as people spell it: `low`.
  public var name: String {
    let isUsual = rawValue.hasPrefix(Self.prefix)
    return (isUsual ? String(rawValue.dropFirst(Self.prefix.count)) : rawValue).lowercased()
  }
}
