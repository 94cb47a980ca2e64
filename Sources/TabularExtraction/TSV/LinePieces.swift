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

  /// Divides a row of a Markdown table, without the bars at its ends.
  static func bars(_ line: Range<Int>, _ input: Input) -> [Range<Int>] {
    var line = input.trimmed(line)
    if let first = line.first, input[first] == ASCII.bar { line = line.dropFirst() }
    if line.count > 1, input[line.upperBound - 1] == ASCII.bar,
      input[line.upperBound - 2] != ASCII.backslash
    {
      line = line.dropLast()
    }
    var pieces: [Range<Int>] = []
    var start = line.lowerBound
    for index in line
    where input[index] == ASCII.bar
      && (index == line.lowerBound || input[index - 1] != ASCII.backslash)
    {
      pieces.append(input.trimmed(start..<index))
      start = index + 1
    }
    return pieces + [input.trimmed(start..<line.upperBound)]
  }

  /// Divides a row of CSV at separators outside of quotes, and keeps the quotes; `nil` when a quote
  /// is still open at the end.
  static func csv(_ separator: UInt8, _ line: Range<Int>, _ input: Input) -> [Range<Int>]? {
    var pieces: [Range<Int>] = []
    var start = line.lowerBound
    var isQuoted = false
    var isAtStart = true
    var index = start
    while index < line.upperBound {
      let byte = input[index]
      if isQuoted {
        let isDoubled = index + 1 < line.upperBound && input[index + 1] == ASCII.quote
        if byte == ASCII.quote { if isDoubled { index += 1 } else { isQuoted = false } }
      } else if byte == separator {
        pieces.append(start..<index)
        start = index + 1
        isAtStart = true
      } else if !Input.isSpace(byte) {
        isQuoted = byte == ASCII.quote && isAtStart
        isAtStart = false
      }
      index += 1
    }
    return isQuoted ? nil : pieces + [start..<line.upperBound]
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
