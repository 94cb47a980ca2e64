#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Moments as text, in UTC.
package enum MomentText {
  /// RFC 3339, whole seconds: `2026-11-20T10:15:00Z`.
  package static func exact(_ date: Date) -> String { date.formatted(.iso8601) }

  /// RFC 3339 with microseconds, for a moment in seconds since 1970.
  package static func precise(secondsSince1970 seconds: Double) -> String {
    let whole = seconds.rounded(.down)
    let microseconds = Int((seconds - whole) * 1_000_000)
    let text = exact(Date(timeIntervalSince1970: whole)).dropLast()
    return "\(text).\(NumberText.padded(microseconds, 6))Z"
  }

  /// Reads a moment by RFC 3339, of whose fraction any number of digits may be there; `nil` for
  /// anything else.
  package static func date(_ text: String) -> Date? {
    guard let point = text.firstIndex(of: ".") else { return try? Date(text, strategy: .iso8601) }
    let digits = text[point...].dropFirst().prefix { $0.isASCII && $0.isNumber }
    let zone = text[point...].dropFirst(digits.count + 1)
    guard let fraction = Double("0.\(digits)"),
      let whole = try? Date("\(text[..<point])\(zone)", strategy: .iso8601)
    else { return nil }
    return whole + fraction
  }

  /// For people: `2026-11-20 10:15`.
  package static func minute(_ date: Date) -> String {
    String(exact(date).prefix(16)).replacing("T", with: " ")
  }

  /// For people: `2026-11-20`.
  package static func day(_ date: Date) -> String { String(exact(date).prefix(10)) }

  /// The time from one moment to another; not less than nothing.
  package static func between(_ start: Date, _ end: Date) -> Duration {
    .milliseconds(max(0, Int((end.timeIntervalSince(start) * 1000).rounded())))
  }
}
