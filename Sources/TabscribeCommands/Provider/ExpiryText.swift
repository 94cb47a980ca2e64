internal import CommandLineInterface

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
    guard let time = timestamp.flatMap(date) else { return "?" }
    let seconds = Int(time.timeIntervalSince(now))
    return seconds <= 0 ? "expired" : "in \(NumberText.duration(.seconds(seconds)))"
  }

  /// The service writes up to nine digits of fraction, which count for nothing here.
  private static func date(_ timestamp: String) -> Date? {
    guard let point = timestamp.firstIndex(of: ".") else {
      return try? Date(timestamp, strategy: .iso8601)
    }
    let zone = timestamp[point...].dropFirst().drop(while: \.isNumber)
    return try? Date(timestamp[..<point] + zone, strategy: .iso8601)
  }
}
