import CICU

/// The words of a text as a search knows them: without case, accents and points, and however they are
/// encoded.
///
/// Where words stand apart by blanks, a word is a run of letters, numbers and their marks. In scripts
/// that do not part words (Chinese, Japanese, Thai, Khmer, Lao, Burmese) each character is one, so that
/// any part of a text is found as a phrase of its characters.
package enum SearchWords {
  /// A word and where it stands.
  package struct Word: Hashable, Sendable {
    /// The word as it is compared.
    package let folded: String
    /// The bytes of the text's UTF-8 that it stands for.
    package let range: Range<Int>
  }

  /// All words of a text, in order.
  package static func all(in text: String) -> [Word] {
    var words: [Word] = []
    var text = text
    text.withUTF8 { bytes in
      each(in: bytes) { folded, range in
        words.append(Word(folded: String(decoding: folded, as: UTF8.self), range: range))
        return true
      }
    }
    return words
  }

  /// Hands over the words of a text in UTF-8, until the body returns `false`.
  package static func each(
    in bytes: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Bool
  ) {
    var reader = Reader(bytes: bytes)
    while let (range, isPlain) = reader.next() {
      let goesOn =
        isPlain ? lowercased(bytes[range], range, body) : folded(bytes[range], range, body)
      guard goesOn else { return }
    }
  }

  private static func lowercased(
    _ word: Slice<UnsafeBufferPointer<UInt8>>,
    _ range: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Bool
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: word.count) { buffer in
      for (index, byte) in word.enumerated() {
        buffer[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
      }
      return body(UnsafeBufferPointer(buffer), range)
    }
  }

  private static func folded(
    _ word: Slice<UnsafeBufferPointer<UInt8>>,
    _ range: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Bool
  ) -> Bool {
    var text = SearchFolding.folded(String(decoding: word, as: UTF8.self))
    // Of marks alone nothing is left.
    guard !text.isEmpty else { return true }
    return text.withUTF8 { body($0, range) }
  }

  /// Takes a text apart.
  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    /// The next word, and whether it has ASCII letters and digits only.
    mutating func next() -> (Range<Int>, isPlain: Bool)? {
      var start: Int?
      var isPlain = true
      while position < bytes.count {
        let (scalar, length) = scalar(at: position)
        switch SearchClass(scalar) {
        case .blank:
          if let start { return (start..<position, isPlain) }
        case .letter:
          start = start ?? position
          isPlain = isPlain && scalar.isASCII
        case .mark:
          // A mark belongs to what it stands on.
          if start != nil { isPlain = false }
        case .word:
          if let start { return (start..<position, isPlain) }
          let begin = position
          position += length
          skipMarks()
          return (begin..<position, false)
        }
        position += length
      }
      return start.map { ($0..<position, isPlain) }
    }

    private mutating func skipMarks() {
      while position < bytes.count {
        let (scalar, length) = scalar(at: position)
        guard SearchClass(scalar) == .mark else { return }
        position += length
      }
    }

    /// The scalar at a place and its length in bytes; what is not UTF-8 parts words.
    private func scalar(at place: Int) -> (Unicode.Scalar, Int) {
      let first = bytes[place]
      if first < 0x80 { return (Unicode.Scalar(first), 1) }
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
      guard first >= 0xC2, place + length <= bytes.count else { return ("\u{FFFD}", 1) }
      var value = UInt32(first) & (0x7F >> UInt32(length))
      for offset in 1..<length {
        let byte = bytes[place + offset]
        guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
        value = value << 6 | UInt32(byte & 0x3F)
      }
      guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
      return (scalar, length)
    }
  }
}

/// What a character is for a search.
private enum SearchClass {
  /// It parts words.
  case blank
  /// It is part of a word.
  case letter
  /// It belongs to the character before it.
  case mark
  /// It is a word of its own.
  case word

  init(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      let byte = UInt8(scalar.value)
      self = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 ? .letter : .blank
      return
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      // Some signs are letters by their category only: the sound marks of half-width kana, and the
      // apostrophes of Hawaiian and Ukrainian, which people type as plain ones.
      switch scalar.value {
      case 0xFF9E, 0xFF9F: self = .mark
      case 0x02BB, 0x02BC: self = .blank
      default: self = Self.partsNoWords(scalar) ? .word : .letter
      }
    case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
    // A soft hyphen or a joiner is seen by nobody.
    case .format: self = .mark
    default: self = .blank
    }
  }

  /// The scripts without blanks between words, as ICU has dictionaries for them, with the sign that
  /// lengthens kana.
  private static func partsNoWords(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x0E00 else { return false }
    if scalar.value == 0x30FC || scalar.value == 0xFF70 { return true }
    return unparted.contains(cicu_script(Int32(scalar.value)))
  }

  private static let unparted = Set(
    [
      USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO, USCRIPT_THAI, USCRIPT_LAO,
      USCRIPT_KHMER, USCRIPT_MYANMAR,
    ].map { Int32($0.rawValue) }
  )
}
