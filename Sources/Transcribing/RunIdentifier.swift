#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Names a run: the moment it began, and a random tail that keeps runs of one second apart.
///
/// Ids sort by time and are safe as file names: `20261120T101500Z-3f9ac2`.
package enum RunIdentifier {
  /// A new name.
  package static func make(_ date: Date, random: UInt32 = .random(in: 0..<0x100_0000)) -> String {
    let stamp = timestamp(date).filter { $0 != "-" && $0 != ":" }
    let tail = String(random & 0xFF_FFFF, radix: 16)
    return "\(stamp)-" + String(repeating: "0", count: 6 - tail.count) + tail
  }

  /// RFC 3339 in UTC, whole seconds.
  package static func timestamp(_ date: Date) -> String { date.formatted(.iso8601) }
}
