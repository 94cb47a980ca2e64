/// What the times of a reply about a clip count from.
public enum Timebase: String, Hashable, Sendable, CaseIterable {
  /// Found out from the times themselves.
  case auto
  /// The start of the video.
  case source
  /// The start of the clip.
  case clip
}
