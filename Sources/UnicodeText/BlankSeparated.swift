extension StringProtocol {
  /// What stands between blanks, at most one more piece than splits.
  ///
  /// Scalar by scalar: a blank with an accent of its own parts words, too, as in tools that count
  /// words.
  package func betweenBlanks(maxSplits: Int = .max) -> [Substring] {
    Substring(self).unicodeScalars.split(maxSplits: maxSplits, whereSeparator: \.isBlank)
      .map(Substring.init)
  }
}

extension Unicode.Scalar {
  /// Whether it is white space, as Unicode has it.
  package var isBlank: Bool {
    // Few scalars are, and looking up the properties of one takes long.
    self == " " || !("!"..."~").contains(self) && properties.isWhitespace
  }
}
