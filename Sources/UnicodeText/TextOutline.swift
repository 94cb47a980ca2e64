import CICU

/// What laying out a line of text takes to know: where its characters begin, how broad they are, and
/// where it may end inside a run of letters.
///
/// There is a mark for each Unicode scalar. Blanks are no concern of an outline: a line may end there.
package struct TextOutline {
  /// A scalar's part in the layout.
  package struct Mark: Hashable, Sendable {
    /// The value as it is stored, `0..<16`.
    package let code: UInt8

    /// The cells it takes, `0...2`; those of a character are with its first scalar.
    package var width: Int { Int(code & 3) }
    /// Whether a grapheme cluster begins here.
    package var beginsCharacter: Bool { code & 4 != 0 }
    /// Whether a line may end behind it.
    package var allowsBreak: Bool { code & 8 != 0 }
  }

  /// A mark for each scalar.
  package let marks: [Mark]

  /// The marks as letters from `a`, for what is to read them elsewhere.
  package var letters: String {
    String(decoding: marks.map { $0.code + UInt8(ascii: "a") }, as: UTF8.self)
  }

  /// Whether each scalar of UTF-8 text is a character of one cell, in a script with blanks between its
  /// words: then an outline says nothing.
  ///
  /// Those of Latin, Greek and Cyrillic letters and of their punctuation that have no width of two and
  /// combine with nothing.
  package static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    let raw = UnsafeRawBufferPointer(text)
    while index < text.count {
      // Eight letters of ASCII at once.
      if index + 8 <= text.count,
        raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
        continue
      }
      let byte = text[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      guard index + 1 < text.count else { return false }
      let second = text[index + 1]
      switch byte {
      // U+00A0...U+02FF without the soft hyphen.
      case 0xC2: guard second != 0xAD else { return false }
      case 0xC3...0xCB: break
      // U+0370...U+0482 and U+048A...U+052F.
      case 0xCD: guard second >= 0xB0 else { return false }
      case 0xCE...0xD1, 0xD3: break
      case 0xD2: guard second < 0x83 || second >= 0x8A else { return false }
      case 0xD4: guard second < 0xB0 else { return false }
      case 0xE2:
        // U+2010...U+2027: dashes, quotation marks, the ellipsis.
        // The sign of the euro.
        guard index + 2 < text.count else { return false }
        let isPunctuation = second == 0x80 && (0x90...0xA7).contains(text[index + 2])
        guard isPunctuation || second == 0x82 && text[index + 2] == 0xAC else { return false }
        index += 1
      // U+1E00...U+1EFF: more Latin letters.
      case 0xE1:
        guard (0xB8...0xBB).contains(second) else { return false }
        index += 1
      default: return false
      }
      index += 2
    }
    return true
  }
}

/// Makes outlines; keep one for many texts.
package final class TextOutliner {
  private let characters = TextBreaker(.character)
  private let lines = TextBreaker(.line)
  private let words = TextBreaker(.word)

  /// One that is ready.
  package init() {}

  /// The outline of a text.
  ///
  /// A line may end where ICU's rules (UAX #14) let it end, but in a run of letters only beside a
  /// script that has no blanks between its words, and there between two words of ICU's dictionaries.
  package func outline(of text: String) -> TextOutline {
    let scalars = Array(text.unicodeScalars)
    var codes = [UInt8](repeating: 0, count: scalars.count)
    var index = 0
    for piece in characters.pieces(of: text) {
      let count = piece.text.unicodeScalars.count
      codes[index] = 4 | Self.width(scalars[index..<index + count])
      index += count
    }
    var endsWord = [Bool](repeating: false, count: scalars.count + 1)
    index = 0
    for piece in words.pieces(of: text) {
      index += piece.text.unicodeScalars.count
      endsWord[index] = true
    }
    index = 0
    for piece in lines.pieces(of: text) {
      index += piece.text.unicodeScalars.count
      guard index < scalars.count, scalars[index - 1] != " " else { continue }
      guard codes[index] & 4 != 0, endsWord[index] else { continue }
      let isBeside = Self.hasNoBlanks(scalars[index - 1]) || Self.hasNoBlanks(scalars[index])
      if isBeside { codes[index - 1] |= 8 }
    }
    return TextOutline(marks: codes.map(TextOutline.Mark.init))
  }

  /// The cells of a character: two for one that is wide or shown as a picture, none for what is not
  /// seen.
  private static func width(_ scalars: ArraySlice<Unicode.Scalar>) -> UInt8 {
    guard let first = scalars.first else { return 0 }
    if TextWidth.isWide(first) || scalars.contains("\u{FE0F}") { return 2 }
    switch first.properties.generalCategory {
    case .format, .nonspacingMark, .enclosingMark, .control: return 0
    default: return 1
    }
  }

  /// Whether a scalar is of a script without blanks between words, or of its punctuation.
  private static func hasNoBlanks(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x0E00 else { return false }
    guard let script = TextScript(of: scalar) else { return TextWidth.isWide(scalar) }
    return !script.partsWordsByBlanks
  }
}
