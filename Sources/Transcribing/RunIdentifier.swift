internal import PlainText

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
    let stamp = MomentText.exact(date).filter { $0 != "-" && $0 != ":" }
    return "\(stamp)-\(NumberText.hexadecimal(UInt64(random & 0xFF_FFFF)).suffix(6))"
  }
}
