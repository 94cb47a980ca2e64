/// The numbers of a time made of digits, colons and a fraction, before they mean anything.
public struct ClockFields: Hashable, Sendable {
  /// The number of fields, 1...4.
  public let count: Int
  /// The fields from the left; those beyond `count` are 0.
  public let values: (Int, Int, Int, Int)
  /// The digits of the last field, 1...9.
  public let lastDigits: Int
  /// The fraction in milliseconds, 0...999.
  public let fraction: Int
  /// The digits of the fraction; 0 without one.
  public let fractionDigits: Int

  /// Equal numbers with equal digits.
  public static func == (left: ClockFields, right: ClockFields) -> Bool {
    left.values == right.values && left.count == right.count
      && left.lastDigits == right.lastDigits && left.fraction == right.fraction
      && left.fractionDigits == right.fractionDigits
  }

  /// Hashes the numbers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine([count, values.0, values.1, values.2, values.3, lastDigits, fraction])
  }
}
