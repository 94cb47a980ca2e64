internal import TranscriptModel

/// The words of a line, those longer than a limit cut into pieces of that length.
///
/// One value serves many lines, so that its memory is asked for once.
struct LineWords {
  /// A word, or a piece of one too long for a line.
  struct Word {
    /// Where its bytes begin in the line.
    var start = 0
    /// The scalars of the text before it.
    var offset = 0
    /// Its own scalars.
    var count = 0
  }

  /// Room for words; the first ``count`` are in use.
  private var room: [Word] = []
  /// The number of words.
  private(set) var count = 0
  /// The scalars of the line.
  private(set) var length = 0

  /// Takes a line apart at its blanks.
  ///
  /// Where a word is cut, the line gets a blank, which does not count as a scalar: every word but
  /// the first has one byte before it that is not part of any.
  mutating func set(_ line: inout LineText, limit: Int) {
    let bytes = line.bytes
    if bytes.withUnsafeBufferPointer({ setPlain($0, limit: limit) }) { return }
    count = 0
    cut(&line.bytes, limit: limit)
  }

  /// Takes apart a text that is on one line as it is, in ASCII and without long words; gives up on
  /// any other.
  mutating func setPlain(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Bool {
    while room.count <= bytes.count { room.append(Word()) }
    let found = room.withUnsafeMutableBufferPointer { Self.split(bytes, into: $0, limit: limit) }
    guard let found else { return false }
    count = found
    length = bytes.count
    return true
  }

  /// The words, for as long as the function runs.
  func withWords(_ body: (UnsafeBufferPointer<Word>) -> Void) {
    room.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// The number of words; `nil` for a text that takes more than looking for blanks.
  private static func split(
    _ bytes: UnsafeBufferPointer<UInt8>,
    into room: UnsafeMutableBufferPointer<Word>,
    limit: Int
  ) -> Int? {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return 0 }
    let raw = UnsafeRawPointer(base)
    var number = 0
    var start = 0
    // The words between two blanks: none is empty, none too long.
    @inline(__always) func endWord(_ end: Int) -> Bool {
      guard end > start, end - start <= limit else { return false }
      room[number] = Word(start: start, offset: start, count: end - start)
      number += 1
      start = end + 1
      return true
    }
    var index = 0
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      guard eight & EightBytes.high == 0 else { return nil }
      var blanks = EightBytes.equal(eight, 0x20)
      let controls = EightBytes.below(eight, 0x20) | EightBytes.equal(eight, 0x7F)
      guard controls == 0 else { return nil }
      while blanks != 0 {
        guard endWord(index + blanks.trailingZeroBitCount / 8) else { return nil }
        blanks &= blanks - 1
      }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x20, byte < 0x7F else { return nil }
      if byte == 0x20, !endWord(index) { return nil }
      index += 1
    }
    return endWord(bytes.count) ? number : nil
  }

  private mutating func cut(_ bytes: inout [UInt8], limit: Int) {
    while room.count <= bytes.count { room.append(Word()) }
    var line: [UInt8] = []
    line.reserveCapacity(bytes.count + bytes.count / limit)
    var word = Word()
    length = 0
    for byte in bytes {
      // A byte that continues a scalar neither begins a word nor counts.
      if byte & 0xC0 != 0x80 {
        if byte == 0x20 || length - word.offset == limit {
          add(word, until: length)
          if byte != 0x20 { line.append(0x20) }
          let offset = byte == 0x20 ? length + 1 : length
          word = Word(start: line.count + (byte == 0x20 ? 1 : 0), offset: offset)
        }
        length += 1
      }
      line.append(byte)
    }
    if length > 0 { add(word, until: length) }
    bytes = line
  }

  private mutating func add(_ word: Word, until end: Int) {
    room[count] = word
    room[count].count = end - word.offset
    count += 1
  }
}
