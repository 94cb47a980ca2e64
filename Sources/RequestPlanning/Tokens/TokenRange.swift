/// A number of tokens that can only be guessed: the least, the likeliest and the most.
public struct TokenRange: Hashable, Sendable {
  /// The least to expect.
  public var low: Int
  /// The likeliest.
  public var expected: Int
  /// The most to expect.
  public var high: Int

  /// A guess; the three are in order.
  public init(low: Int, expected: Int, high: Int) {
    self.low = low
    self.expected = expected
    self.high = high
  }

  /// No tokens.
  public static let zero = TokenRange(low: 0, expected: 0, high: 0)

  /// Both together.
  public static func + (left: TokenRange, right: TokenRange) -> TokenRange {
    TokenRange(
      low: left.low + right.low,
      expected: left.expected + right.expected,
      high: left.high + right.high
    )
  }
}
