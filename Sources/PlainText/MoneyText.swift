#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Sums of money with as many digits as matter.
package enum MoneyText {
  /// A sum rounded for reading: cents from one unit on, else two significant digits.
  ///
  /// `1234.5` is `1,234.50`, `0.2261` is `0.23`, `0.0163` is `0.016`, nothing is `0`.
  ///
  /// - Parameter decimal: The exact sum in plain decimal notation, as `Decimal` describes itself;
  ///   anything else is returned as it is.
  package static func rendered(_ decimal: String) -> String {
    let isNegative = decimal.hasPrefix("-")
    let parts = decimal.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard isNumber, (1...2).contains(parts.count), !parts[0].isEmpty else { return decimal }
    let whole = parts[0].drop { $0 == "0" }
    let fraction = parts.count == 2 ? Array(parts[1].utf8) : []
    guard !whole.isEmpty || fraction.contains(where: { $0 != 0x30 }) else { return "0" }
    let zeros = fraction.prefix { $0 == 0x30 }.count
    let places = whole.isEmpty ? max(2, zeros + 2) : 2
    let (units, rest) = rounded(whole: Array(whole.utf8), fraction: fraction, places: places)
    return (isNegative ? "-" : "") + NumberText.grouped(digits: units) + "." + rest
  }

  /// A sum rounded for reading.
  package static func rendered(_ amount: Decimal) -> String { rendered(amount.description) }

  /// Two sums with an en dash, or one where both read the same.
  package static func range(_ low: Decimal, _ high: Decimal) -> String {
    NumberText.range(rendered(low), rendered(high))
  }

  /// Rounds half up, on the digits themselves: no binary fraction is involved.
  private static func rounded(whole: [UInt8], fraction: [UInt8], places: Int) -> (String, String) {
    var digits = whole + fraction.prefix(places)
    digits += repeatElement(0x30, count: max(0, places - fraction.count))
    if fraction.count > places, fraction[places] >= 0x35 {
      var position = digits.count - 1
      while position >= 0, digits[position] == 0x39 {
        digits[position] = 0x30
        position -= 1
      }
      if position >= 0 { digits[position] += 1 } else { digits.insert(0x31, at: 0) }
    }
    let units = digits.dropLast(places)
    return (
      units.isEmpty ? "0" : String(decoding: units, as: UTF8.self),
      String(decoding: digits.suffix(places), as: UTF8.self)
    )
  }
}
