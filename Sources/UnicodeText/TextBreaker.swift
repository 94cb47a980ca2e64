import CICU

/// Finds where a text may be parted: ICU's rules, with its dictionaries for scripts without blanks
/// (Chinese, Japanese, Thai, Lao, Khmer, Burmese).
///
/// Making one takes longer than breaking a short text: keep it for many.
package final class TextBreaker {
  /// What a text is parted into.
  package enum Unit {
    /// Grapheme clusters: what a reader takes for one character.
    case character

    /// Words, and what stands between them.
    case word

    /// Stretches between the places where a line may end.
    case line

    /// Sentences.
    case sentence

    fileprivate var type: UBreakIteratorType {
      switch self {
      case .character: UBRK_CHARACTER
      case .word: UBRK_WORD
      case .line: UBRK_LINE
      case .sentence: UBRK_SENTENCE
      }
    }
  }

  private let iterator: OpaquePointer
  private let unit: Unit

  /// A breaker for texts of a language.
  ///
  /// - Parameters:
  ///   - unit: What texts are parted into.
  ///   - language: A BCP 47 tag; without one, or for one ICU does not know, the rules for all.
  package init(_ unit: Unit, language: String = "") {
    guard let iterator = cicu_breaker(unit.type, language) ?? cicu_breaker(unit.type, "") else {
      preconditionFailure("ICU's data are missing or its memory is used up")
    }
    self.iterator = iterator
    self.unit = unit
  }

  deinit {
    cicu_close_breaker(iterator)
  }

  /// The text in pieces, in order and without gaps; none for an empty one.
  ///
  /// A text of more than 2 GiB is beyond ICU and one piece.
  package func pieces(of text: String) -> [TextPiece] {
    var text = text
    guard let ends = text.withUTF8(ends) else {
      return [TextPiece(text: text[...], status: 0, unit: unit)]
    }
    var start = text.startIndex
    var offset = 0
    return ends.map { end in
      let next = text.utf8.index(start, offsetBy: Int(end.offset) - offset)
      defer {
        start = next
        offset = Int(end.offset)
      }
      return TextPiece(text: text[start..<next], status: end.status, unit: unit)
    }
  }

  /// The words of a text, without what stands between them.
  ///
  /// For a breaker of words.
  package func words(of text: String) -> [Substring] {
    pieces(of: text).filter(\.isWord).map(\.text)
  }

  private func ends(_ bytes: UnsafeBufferPointer<UInt8>) -> [(offset: Int32, status: Int32)]? {
    guard let length = Int32(exactly: bytes.count), length < Int32.max / 2 else { return nil }
    var statuses = [Int32](repeating: 0, count: bytes.count)
    var isBroken = true
    let ends = [Int32](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      let pieces = bytes.withMemoryRebound(to: CChar.self) { text in
        cicu_breaks(iterator, text.baseAddress, length, buffer.baseAddress, &statuses)
      }
      isBroken = pieces >= 0
      count = max(0, Int(pieces))
    }
    return isBroken ? zip(ends, statuses).map { (offset: $0, status: $1) } : nil
  }
}
