/// Counts the words of a text as speech has them.
///
/// Words are what blanks separate, when there is a letter or digit in them. Scripts without blanks
/// between words count by characters: two Chinese or Japanese ones are a word, four Thai, Lao, Khmer
/// or Burmese ones. This is an estimate for pace and talk time, not for tokens.
public enum SpokenWords {
  /// The words of a text.
  public static func count(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { count($0) }
  }

  /// The words of a text in UTF-8.
  public static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var words = 0
    var isInWord = false
    var position = 0
    var ideographs = 0
    var syllables = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte < 0x80 {
        if isLetterOrDigit(byte) {
          if !isInWord { words += 1 }
          isInWord = true
        } else if byte <= 0x20 {
          isInWord = false
        }
        continue
      }
      let script = position < bytes.count ? Script(byte, bytes[position]) : .spaced
      position += byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
      switch script {
      case .spaced:
        if !isInWord { words += 1 }
        isInWord = true
      case .ideographs: ideographs += 1
      case .syllables: syllables += 1
      case .punctuation: break
      }
    }
    return words + (ideographs + 1) / 2 + (syllables + 3) / 4
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// How a character beyond ASCII counts, by the first two bytes of its UTF-8.
  private enum Script {
    case spaced, ideographs, syllables, punctuation

    init(_ first: UInt8, _ second: UInt8) {
      switch (first, second) {
      // General and CJK punctuation; Latin-1 signs such as « and the no-break space.
      case (0xE2, 0x80), (0xE3, 0x80), (0xC2, _): self = .punctuation
      case (0xE3...0xE9, _): self = .ideographs
      case (0xF0, 0xA0...0xB3): self = .ideographs
      case (0xE0, 0xB8...0xBB), (0xE1, 0x80...0x82), (0xE1, 0x9E...0x9F): self = .syllables
      default: self = .spaced
      }
    }
  }
}
