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
    count = 0
    while room.count <= line.bytes.count { room.append(Word()) }
    if splitPlain(line.bytes, limit: limit) { return }
    count = 0
    cut(&line.bytes, limit: limit)
  }

  /// The words, for as long as the function runs.
  func withWords(_ body: (UnsafeBufferPointer<Word>) -> Void) {
    room.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// Takes apart a line of ASCII without long words; gives up on any other.
  private mutating func splitPlain(_ bytes: [UInt8], limit: Int) -> Bool {
    let number = room.withUnsafeMutableBufferPointer { room in
      bytes.withUnsafeBufferPointer { bytes -> Int? in
        guard ByteScan.isASCII(bytes) else { return nil }
        var number = 0
        var start = 0
        var isShort = true
        ByteScan.forEach(0x20, in: bytes) { end in
          room[number] = Word(start: start, offset: start, count: end - start)
          isShort = isShort && end - start <= limit
          number += 1
          start = end + 1
        }
        guard isShort, bytes.count - start <= limit else { return nil }
        room[number] = Word(start: start, offset: start, count: bytes.count - start)
        return bytes.isEmpty ? 0 : number + 1
      }
    }
    guard let number else { return false }
    count = number
    length = bytes.count
    return true
  }

  private mutating func cut(_ bytes: inout [UInt8], limit: Int) {
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
