internal import PlainText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Durations of the wire.
enum Milliseconds {
  /// Reads seconds with an `s` at the end (`"1.5s"`); `nil` for anything else.
  static func parse(duration text: String?) -> Int? {
    guard let text, text.hasSuffix("s"), let seconds = Double(text.dropLast()),
      seconds.isFinite, abs(seconds) <= 315_576_000_000
    else { return nil }
    return Int((seconds * 1000).rounded())
  }

  /// Seconds with an `s`, with a fraction where needed.
  static func duration(_ milliseconds: Int) -> String {
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    guard rest != 0 else { return "\(seconds)s" }
    return "\(seconds).\(NumberText.padded(rest, 3))s"
  }
}

/// Moments of the wire (RFC 3339), as seconds since 1970.
enum Timestamp {
  /// The moment in UTC with microseconds.
  static func rendered(_ seconds: Double) -> String {
    MomentText.precise(secondsSince1970: seconds)
  }

  /// Reads `YYYY-MM-DDTHH:MM:SS[.f](Z|±HH:MM)`; `nil` for anything else.
  static func parse(_ text: String?) -> Double? {
    text.flatMap { MomentText.date($0.uppercased()) }?.timeIntervalSince1970
  }
}
