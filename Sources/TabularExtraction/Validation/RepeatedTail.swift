/// A text whose end repeats the same words over and over.
struct RepeatedTail {
  /// Where the repetition is looked for, in bytes from the end.
  private static let window = 4096
  /// A text shorter than this holds no 60 words worth stopping for.
  private static let shortest = 180

  /// Words in a copy.
  let period: Int
  /// Words that repeat those one period before them.
  let repeated: Int

  /// - Returns: `nil` when the end does not repeat.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count >= Self.shortest, Self.mayRepeat(text.suffix(Self.window)) else { return nil }
    let words = Self.wordsFromTheEnd(text)
    // The Z function: how many words from each position on equal those from the start on. Seen from
    // the end, z[p] is how far back the text repeats with period p.
    var z = [Int](repeating: 0, count: words.count)
    var (left, right) = (0, 0)
    for position in words.indices.dropFirst() {
      var length = position < right ? min(right - position, z[position - left]) : 0
      while position + length < words.count, words[length] == words[position + length] {
        length += 1
      }
      z[position] = length
      if position + length > right { (left, right) = (position, position + length) }
      if length >= 60, length / position + 1 >= 8 {
        period = position
        repeated = length
        return
      }
    }
    return nil
  }

  /// Whether the end stands once more, not far before: eight copies take an eighth each.
  ///
  /// Rejects almost all texts after a look at some bytes. The very last word is left out.
  private static func mayRepeat(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: text))
    let lastBlank = bytes.suffix(64).lastIndex { $0 <= 0x20 }
    let end = (lastBlank ?? bytes.count) - 8
    guard end >= 0 else { return false }
    let last = bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self)
    return (max(0, end - bytes.count / 7)..<end).contains { offset in
      bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) == last
    }
  }

  /// The hashes of the last words, the last one first and without the very last, which may be cut.
  ///
  /// Case matters, blanks do not. Signs of scripts without blanks are words of their own, and so are
  /// the letters of a text that has next to no blanks.
  private static func wordsFromTheEnd(_ text: UnsafeBufferPointer<UInt8>) -> [UInt64] {
    let tail = text.suffix(window)
    let blanks = tail.count { $0 <= 0x20 }
    let isSolid = blanks * 100 < tail.count
    var words: [UInt64] = []
    var hash: UInt64 = 0
    for byte in tail.reversed() {
      if byte > 0x20 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 &+ 1 }
      if byte <= 0x20 || byte >= 0xE3 || isSolid {
        if hash != 0 { words.append(hash) }
        hash = 0
      }
    }
    if hash != 0 { words.append(hash) }
    return Array(words.dropFirst())
  }
}
