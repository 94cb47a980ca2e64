// Rounding is a function of the C library's mathematics, which only an import links.
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A JSON number, kept as the text it was written with.
public struct JSONNumber: Hashable, Sendable {
  /// The number as written, by JSON's grammar.
  public let text: String

  /// An integer.
  public init(_ value: Int) { text = String(value) }

  /// A finite number; whole values are written without a fraction.
  ///
  /// - Precondition: `value` is finite, since JSON has no other numbers.
  public init(_ value: Double) {
    precondition(value.isFinite, "JSON has no infinite or undefined numbers")
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      text = String(whole)
    } else {
      text = "\(value)"
    }
  }

  /// A number from text that already follows JSON's grammar.
  public init(validated text: String) { self.text = text }

  /// The value when it has no fraction and fits, also for `2.0` and `1e3`.
  public var int: Int? { Int(text) ?? Double(text).flatMap { Int(exactly: $0) } }

  /// The nearest floating-point value; `nil` when it is too large.
  public var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}
