internal import PlainText

/// A moment of a video, in whole milliseconds from its start.
public struct Timecode: Hashable, Comparable, Sendable {
  /// Milliseconds from the start, `0...`.
  public let milliseconds: Int

  /// A moment from whole milliseconds.
  public init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// The first moment.
  public static let zero = Timecode(milliseconds: 0)

  /// Orders moments by time.
  public static func < (left: Timecode, right: Timecode) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment as people write it: `MM:SS` below one hour, `H:MM:SS` from one hour.
  public var rendered: String {
    let seconds = milliseconds / 1000
    let tail = NumberText.padded(seconds / 60 % 60, 2) + ":" + NumberText.padded(seconds % 60, 2)
    return seconds < 3600 ? tail : "\(seconds / 3600):" + tail
  }

  /// The moment as people write it, with `.fff` when it falls between two seconds.
  public var renderedExactly: String {
    let fraction = milliseconds % 1000
    guard fraction != 0 else { return rendered }
    return rendered + "." + NumberText.padded(fraction, 3)
  }
}
