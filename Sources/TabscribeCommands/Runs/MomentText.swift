#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Moments and stretches of time of runs as text.
enum MomentText {
  /// RFC 3339 in UTC, whole seconds.
  static func exact(_ date: Date) -> String { date.formatted(.iso8601) }

  /// For people: `2026-11-20 10:15`, in UTC.
  static func minute(_ date: Date) -> String {
    String(exact(date).prefix(16)).replacing("T", with: " ")
  }

  /// For people: `2026-11-20`, in UTC.
  static func day(_ date: Date) -> String { String(exact(date).prefix(10)) }

  /// The time from one moment to another; not less than nothing.
  static func between(_ start: Date, _ end: Date) -> Duration {
    .milliseconds(max(0, Int((end.timeIntervalSince(start) * 1000).rounded())))
  }
}
