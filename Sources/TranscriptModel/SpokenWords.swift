internal import PlainText

/// Counts the words of a text as speech has them.
///
/// A word is a run of letters and digits; an apostrophe inside does not end it, a hyphen does, as
/// `twenty-five` takes as long to say as two words. Scripts without blanks between words count by
/// characters: two Chinese or Japanese ones are a word, four Thai, Lao, Khmer or Burmese ones. This
/// is an estimate for pace and talk time, not for tokens.
public enum SpokenWords {
  /// The words of a text.
  public static func count(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { count($0) }
  }

  /// The words of a text in UTF-8.
  public static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var counter = WordCounter(bytes: bytes)
    return counter.count()
  }
}

/// Counts words: ASCII eight bytes at a time, all else character by character.
private struct WordCounter {
  let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var isInWord = false
  private var words = 0
  private var ideographs = 0
  private var syllables = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func count() -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    while position < bytes.count {
      if position + 8 <= bytes.count {
        let eight = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
        if eight & EightBytes.high == 0 {
          read(eight)
          continue
        }
      }
      readCharacter()
    }
    return words + (ideographs + 1) / 2 + (syllables + 3) / 4
  }

  private mutating func read(_ eight: UInt64) {
    let letters = EightBytes.letters(eight)
    let carry: UInt64 = isInWord ? 0x80 : 0
    let apostrophes = EightBytes.equal(eight, 0x27) & (letters << 8 | carry)
    let inWord = letters | apostrophes
    words += (letters & ~(inWord << 8 | carry)).nonzeroBitCount
    isInWord = inWord >> 63 != 0
    position += 8
  }

  private mutating func readCharacter() {
    let byte = bytes[position]
    guard byte >= 0x80 else {
      let isLetter = EightBytes.letters(UInt64(byte)) != 0
      if isLetter, !isInWord { words += 1 }
      isInWord = isLetter || isInWord && byte == 0x27
      position += 1
      return
    }
    let second = position + 1 < bytes.count ? bytes[position + 1] : 0
    let third = position + 2 < bytes.count ? bytes[position + 2] : 0
    switch Script(byte, second, third) {
    case .spaced:
      if !isInWord { words += 1 }
      isInWord = true
    case .ideographs: ideographs += 1
    case .syllables: syllables += 1
    case .apostrophe: break
    case .punctuation: isInWord = false
    }
    position += byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  /// How a character beyond ASCII counts, by the bytes of its UTF-8.
  private enum Script {
    case spaced, ideographs, syllables, apostrophe, punctuation

    init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
      switch (first, second) {
      case (0xE2, 0x80): self = third == 0x99 ? .apostrophe : .punctuation
      // Signs of Latin-1 such as « and the no-break space; general and East Asian punctuation.
      case (0xC2, _), (0xE2, 0x81), (0xE3, 0x80), (0xEF, 0xBC...0xBD): self = .punctuation
      case (0xE3...0xE9, _), (0xF0, 0xA0...0xB3): self = .ideographs
      case (0xE0, 0xB8...0xBB), (0xE1, 0x80...0x82), (0xE1, 0x9E...0x9F): self = .syllables
      default: self = .spaced
      }
    }
  }
}
