/// How much detail the model is asked to see in each frame.
public enum ResolutionLevel: String, Hashable, Sendable, CaseIterable {
  /// What the model does when nothing is said.
  case unspecified
  /// Few tokens for each frame.
  case low
  /// The middle way.
  case medium
  /// Many tokens for each frame.
  case high

  /// The level of a name, as options (`low`) or the wire (`MEDIA_RESOLUTION_LOW`) spell it.
  public init?(name: String) {
    let lower = name.lowercased()
    let prefix = "media_resolution_"
    self.init(rawValue: lower.hasPrefix(prefix) ? String(lower.dropFirst(prefix.count)) : lower)
  }
}
