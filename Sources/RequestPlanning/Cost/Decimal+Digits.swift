internal import PlainText

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
  public var dollars: String { MoneyText.rendered(self) }
}
