import CICU

/// A stretch of a text between two places where it may be parted.
package struct TextPiece {
  /// The stretch.
  package let text: Substring

  private let status: Int32
  private let unit: TextBreaker.Unit

  init(text: Substring, status: Int32, unit: TextBreaker.Unit) {
    self.text = text
    self.status = status
    self.unit = unit
  }

  /// Whether this is a word or a number, not blanks or punctuation.
  ///
  /// Of a breaker of words.
  package var isWord: Bool {
    unit == .word && status >= Int32(UBRK_WORD_NONE_LIMIT.rawValue)
  }

  /// Whether a line must end after it, as after a line break.
  ///
  /// Of a breaker of lines.
  package var endsLine: Bool {
    unit == .line && status >= Int32(UBRK_LINE_HARD.rawValue)
  }
}
