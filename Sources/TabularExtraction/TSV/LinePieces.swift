/// Ways to divide a line into cells.
enum LinePieces {
  static func tabs(_ line: Range<Int>, _ input: Input, into pieces: inout [Range<Int>]) {
    pieces.removeAll(keepingCapacity: true)
    var start = line.lowerBound
    while let tab = input.firstIndex(of: ASCII.tab, in: start..<line.upperBound) {
      pieces.append(start..<tab)
      start = tab + 1
    }
    pieces.append(start..<line.upperBound)
  }

  /// Divides at a backslash and a letter, but not at two backslashes and a letter.
  static func literal(_ letter: UInt8, _ line: Range<Int>, _ input: Input) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = line.lowerBound
    var index = start
    while index + 1 < line.upperBound {
      guard input[index] == ASCII.backslash else {
        index += 1
        continue
      }
      if input[index + 1] == letter {
        pieces.append(start..<index)
        start = index + 2
      }
      index += 2
    }
    return pieces + [start..<line.upperBound]
  }

  /// Divides at runs of at least so many spaces.
  static func spaces(_ minimum: Int, _ line: Range<Int>, _ input: Input) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    let line = input.trimmed(line)
    var start = line.lowerBound
    var index = start
    while index < line.upperBound {
      var end = index
      while end < line.upperBound, input[end] == ASCII.space || input[end] == ASCII.tab { end += 1 }
      if end - index >= minimum {
        pieces.append(start..<index)
        start = end
      }
      index = max(end, index + 1)
    }
    return pieces + [start..<line.upperBound]
  }

  /// Takes one word for each column before the text and after it, and the rest as the text.
  static func words(
    around textCell: Int,
    of count: Int,
    _ line: Range<Int>,
    _ input: Input
  ) -> [Range<Int>]? {
    let words = spaces(1, line, input)
    let after = count - textCell - 1
    guard words.count >= count else { return nil }
    let text = words[textCell].lowerBound..<words[words.count - after - 1].upperBound
    return words[..<textCell] + [text] + words.suffix(after)
  }
}
