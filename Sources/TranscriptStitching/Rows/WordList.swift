internal import PlainText

/// The words of a text, each as a hash, without punctuation and case.
///
/// Characters of scripts without blanks between words are words of their own. An apostrophe inside a
/// word is left out, so that both spellings of it compare as equal.
struct WordList: Hashable {
  /// Longer texts are compared by their beginning and their end.
  static let maximum = 400

  private(set) var words: [UInt64] = []
  private var hash: StableHash?

  init(_ text: String) {
    for scalar in text.unicodeScalars { read(scalar) }
    endWord()
    if words.count > Self.maximum {
      words.removeSubrange(Self.maximum / 2..<words.count - Self.maximum / 2)
    }
  }

  var count: Int { words.count }

  private mutating func read(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x30...0x39, 0x61...0x7A: add(scalar.value)
    case 0x41...0x5A: add(scalar.value | 0x20)
    case 0x27, 0x2019: break
    case 0..<0x80: endWord()
    default: readBeyondASCII(scalar)
    }
  }

  private mutating func readBeyondASCII(_ scalar: Unicode.Scalar) {
    let properties = scalar.properties
    guard properties.isAlphabetic || properties.numericType != nil else {
      // Accents written apart are part of the letter before.
      if properties.generalCategory != .nonspacingMark { endWord() }
      return
    }
    let standsAlone = properties.isIdeographic || (0x0E00...0x30FF).contains(scalar.value)
    if standsAlone { endWord() }
    for lower in properties.lowercaseMapping.unicodeScalars { add(lower.value) }
    if standsAlone { endWord() }
  }

  private mutating func add(_ value: UInt32) {
    var longer = hash ?? StableHash()
    longer.add(UInt64(value))
    hash = longer
  }

  private mutating func endWord() {
    if let hash { words.append(hash.value) }
    hash = nil
  }
}
