#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Decimal {
  /// The amount with at most so many decimal places, a half rounded up; for display only.
  public func rounded(places: Int) -> Decimal {
    let half = Decimal(sign: .plus, exponent: -places - 1, significand: 5)
    let size = (self < 0 ? -self : self) + half
    // The digits up to the last place kept; what stands behind is cut off.
    let digits = size.description
    guard let point = digits.firstIndex(of: ".") else { return self }
    let kept = digits[point...].prefix(places == 0 ? 0 : places + 1)
    let text = digits[..<point] + kept
    guard let result = Decimal(string: String(text)) else { return self }
    return self < 0 ? -result : result
  }

  /// US dollars as people read them: cents from one dollar on, two figures below.
  ///
  ///     Decimal(string: "12.345")?.dollars  // "12.35"
  ///     Decimal(string: "0.01234")?.dollars  // "0.012"
  public var dollars: String {
    let size = self < 0 ? -self : self
    guard size != 0 else { return "0" }
    guard size < 1 else { return padded(rounded(places: 2), places: 2) }
    var places = 2
    var limit = Decimal(sign: .plus, exponent: -1, significand: 1)
    while size < limit, places < 9 {
      places += 1
      limit /= 10
    }
    return padded(rounded(places: places), places: places)
  }

  private func padded(_ amount: Decimal, places: Int) -> String {
    let digits = amount.description
    let point = digits.firstIndex(of: ".")
    let count = point.map { digits.distance(from: $0, to: digits.endIndex) - 1 } ?? 0
    let zeros = String(repeating: "0", count: max(0, places - count))
    return digits + (point == nil ? "." : "") + zeros
  }
}
