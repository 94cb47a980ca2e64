internal import CommandLineInterface
internal import PlainText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// When something kept by the service vanishes, in words.
enum ExpiryText {
  /// `in 46 h 12 min`, `expired`, or `?` for a time that cannot be read.
  ///
  /// - Parameters:
  ///   - timestamp: A time by RFC 3339.
  ///   - now: The present.
  static func words(_ timestamp: String?, now: Date) -> String {
    guard let time = timestamp.flatMap(MomentText.date) else { return "?" }
    let seconds = Int(time.timeIntervalSince(now))
    return seconds <= 0 ? "expired" : "in \(NumberText.duration(.seconds(seconds)))"
  }

  /// The same with the time itself: `in 46 h 12 min (2026-11-24T12:00:00Z)`.
  static func moment(_ timestamp: String?, now: Date) -> String {
    "\(words(timestamp, now: now)) (\(timestamp ?? "?"))"
  }
}
