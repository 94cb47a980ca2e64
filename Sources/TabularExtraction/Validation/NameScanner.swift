internal import PlainText
internal import TranscriptModel
internal import UnicodeText

/// Searches texts for two capitalised words that are nearly two neighbouring words of a name.
struct NameScanner {
  /// Another spelling of a name, and where it stands.
  struct Variant {
    let name: Int
    let spelling: String
    var positions: [Int]
  }

  /// More spellings than any honest reply has.
  private static let maximumVariants = 200

  private struct Pair {
    let name: Int
    let first: String
    let second: String
  }

  /// The other spellings found, in the order in which they were met.
  private(set) var variants: [Variant] = []

  /// By the word without accents.
  private var pairsByFirst: [String: [Pair]] = [:]
  private var pairsBySecond: [String: [Pair]] = [:]
  private var exact: Set<[String]> = []
  /// For each byte, whether the first word of a pair begins with it, in either case; and the second.
  private var beginsFirst = [Bool](repeating: false, count: 256)
  private var beginsSecond = [Bool](repeating: false, count: 256)

  /// A scanner for names, each given as its words in lower case.
  init(_ names: [[String]]) {
    for (index, words) in names.enumerated() {
      for (first, second) in zip(words, words.dropFirst())
      where exact.insert([first, second]).inserted {
        let pair = Pair(name: index, first: first, second: second)
        pairsByFirst[SearchFolding.folded(first), default: []].append(pair)
        pairsBySecond[SearchFolding.folded(second), default: []].append(pair)
        Self.mark(first, in: &beginsFirst)
        Self.mark(second, in: &beginsSecond)
      }
    }
  }

  private static func mark(_ word: String, in initials: inout [Bool]) {
    let folded = SearchFolding.folded(word)
    for spelling in [word.uppercased(), word, folded.uppercased()] {
      if let byte = spelling.utf8.first, isCapital(byte) { initials[Int(byte)] = true }
    }
    guard let plain = folded.utf8.first, plain < 0x80 else { return }
    for byte in accented { initials[Int(byte)] = true }
  }

  /// How Latin letters with accents begin.
  private static let accented: ClosedRange<UInt8> = 0xC3...0xC5

  /// Searches the text of one row.
  mutating func scan(_ text: UnsafeBufferPointer<UInt8>, position: Int) {
    var next = 0
    while let start = Self.capital(in: text, from: next) {
      next = start + 1
      guard beginsFirst[Int(text[start])], start == 0 || !Self.isLetter(text[start - 1]) else {
        continue
      }
      let end = Self.endOfWord(text, start)
      next = end
      guard end + 1 < text.count, text[end] == 0x20, beginsSecond[Int(text[end + 1])] else {
        continue
      }
      compare(text[start..<end], text[end + 1..<Self.endOfWord(text, end + 1)], position)
    }
  }

  private mutating func compare(
    _ first: Slice<UnsafeBufferPointer<UInt8>>,
    _ second: Slice<UnsafeBufferPointer<UInt8>>,
    _ position: Int
  ) {
    let spelling = [first, second].map { String(decoding: $0, as: UTF8.self) }
    let words = spelling.map { $0.lowercased() }
    let sameFirst = pairsByFirst[SearchFolding.folded(words[0])] ?? []
    let sameSecond = pairsBySecond[SearchFolding.folded(words[1])] ?? []
    guard !(sameFirst.isEmpty && sameSecond.isEmpty), !exact.contains(words) else { return }
    let match =
      sameFirst.first { words[1] == $0.second || NameSpelling.isVariant(words[1], $0.second) }
      ?? sameSecond.first { words[0] == $0.first || NameSpelling.isVariant(words[0], $0.first) }
    if let match { note(spelling.joined(separator: " "), name: match.name, position) }
  }

  private mutating func note(_ spelling: String, name: Int, _ position: Int) {
    let known = variants.firstIndex { $0.name == name && $0.spelling == spelling }
    if let known {
      if variants[known].positions.last != position { variants[known].positions.append(position) }
    } else if variants.count < Self.maximumVariants {
      variants.append(Variant(name: name, spelling: spelling, positions: [position]))
    }
  }

  private static func endOfWord(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < text.count, isLetter(text[end]) { end += 1 }
    return end
  }

  /// Letters of ASCII and all signs beyond it but general punctuation.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 && byte != 0xE2
  }

  /// Whether a word may begin with a capital: ASCII ones, and Latin, Greek and Cyrillic letters.
  private static func isCapital(_ byte: UInt8) -> Bool {
    byte &- 0x41 < 26 || (0xC3...0xD4).contains(byte)
  }

  /// The next byte that may be a capital; eight bytes at a time, as most have none.
  private static func capital(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let raw = UnsafeRawBufferPointer(text)
    var position = start
    while position + 8 <= text.count {
      let eight = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
      if eight & EightBytes.high == 0 {
        let capitals = EightBytes.capitals(eight)
        if capitals != 0 { return position + capitals.trailingZeroBitCount / 8 }
      } else if let capital = text[position..<position + 8].firstIndex(where: isCapital) {
        return capital
      }
      position += 8
    }
    return text[position...].firstIndex(where: isCapital)
  }
}
