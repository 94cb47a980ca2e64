/// Whether and how a stretch of media is cut into clips.
public enum Sharding: Hashable, Sendable {
  /// Cut when one request would come too near to the model's limits.
  case automatic
  /// Never cut.
  case off
  /// Cut into clips of so many milliseconds.
  case every(milliseconds: Int)
}
