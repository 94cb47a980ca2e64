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
  public var rendered: String { spelled(withFraction: false) }

  /// The moment as people write it, with `.fff` when it falls between two seconds.
  public var renderedExactly: String { spelled(withFraction: milliseconds % 1000 != 0) }

  /// Puts digits together one by one: tables have a moment or two in each row.
  private func spelled(withFraction hasFraction: Bool) -> String {
    guard milliseconds >= 0 else {
      return "-"
        + Timecode(milliseconds: Int(clamping: milliseconds.magnitude)).spelled(
          withFraction: hasFraction
        )
    }
    let seconds = milliseconds / 1000
    let hours = seconds < 3600 ? "" : "\(seconds / 3600):"
    let tail = String(unsafeUninitializedCapacity: 9) { digits in
      func put(_ number: Int, _ count: Int, at place: Int) {
        var rest = number
        for index in (place..<place + count).reversed() {
          digits[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
          rest /= 10
        }
      }
      put(seconds / 60 % 60, 2, at: 0)
      digits[2] = UInt8(ascii: ":")
      put(seconds % 60, 2, at: 3)
      guard hasFraction else { return 5 }
      digits[5] = UInt8(ascii: ".")
      put(milliseconds % 1000, 3, at: 6)
      return 9
    }
    return hours + tail
  }

  /// Reads the very spelling of ``renderedExactly``; `nil` for every other, as `1:5` or `0:01:05`.
  init?(rendered bytes: UnsafeBufferPointer<UInt8>) {
    // Hours beyond nine digits are times of nothing.
    guard let spelling = TimeSpelling(clock: bytes), bytes.count <= 19 else { return nil }
    self = spelling.time
    var exact = renderedExactly
    guard exact.withUTF8({ $0.elementsEqual(bytes) }) else { return nil }
  }
}
