/// A stretch of time; the start is included, the end is not.
public struct TimeRange: Hashable, Sendable {
  /// The first moment inside.
  public let start: Timecode
  /// The first moment after.
  public let end: Timecode

  /// A stretch of time.
  ///
  /// - Precondition: `end` is not before `start`.
  public init(start: Timecode, end: Timecode) {
    precondition(start <= end, "a range ends after it starts")
    self.start = start
    self.end = end
  }

  /// The length in milliseconds, `0...`.
  public var milliseconds: Int { end.milliseconds - start.milliseconds }
}
