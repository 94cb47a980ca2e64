extension Int {
  /// The number as a count of tokens or milliseconds that comes from outside: what is negative or
  /// beyond all use stands for the least or the greatest, so that sums and products of such numbers
  /// stay numbers.
  ///
  /// The greatest, 2⁴⁰, is a length of 34 years, or as many tokens as a million prompts of the
  /// longest kind; eight million of them can be added.
  package var asAmount: Int { Swift.min(Swift.max(self, 0), 1 << 40) }
}
