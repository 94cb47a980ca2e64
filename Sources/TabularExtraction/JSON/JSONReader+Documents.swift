extension JSONReader {
  /// Skips the text before the next JSON document and opens it; `false` when none has arrived.
  mutating func beginDocument(_ input: Input, _ sink: inout TableSink) -> Bool {
    guard skipByteOrderMark(input, &sink) else { return false }
    while scanner.position < input.end {
      let index = scanner.position
      switch input[index] {
      case ASCII.openBrace, ASCII.openBracket:
        guard let begins = beginsDocument(at: index, input) else { return false }
        if begins {
          noteProse(proseStart..<index, input, &sink)
          startDocument(at: index, input, &sink)
          return true
        }
      case ASCII.quote:
        guard let begins = beginsString(at: index, input) else { return false }
        if begins {
          guard readRootString(input, &sink) else { return false }
          continue
        }
      case ASCII.less where !sink.isSeen.contains(true):
        guard let isTag = BlockTags.begins(at: index, input, sink.shapes) else { return false }
        if isTag {
          noteProse(proseStart..<index, input, &sink)
          isOtherEncoding = true
          return false
        }
      default: break
      }
      scanner.position += 1
    }
    return false
  }

  private mutating func startDocument(at index: Int, _ input: Input, _ sink: inout TableSink) {
    documents += 1
    if documents > 1 { sink.findings.note(.severalDocuments) }
    scanner.position = index + 1
    let isObject = input[index] == ASCII.openBrace
    open(JSONToken(kind: isObject ? .openBrace : .openBracket, start: index), &sink)
  }

  private mutating func skipByteOrderMark(_ input: Input, _ sink: inout TableSink) -> Bool {
    guard scanner.position == 0 else { return true }
    guard let length = Prose.byteOrderMark(input) else { return false }
    if length > 0 { sink.findings.note(.byteOrderMark) }
    scanner.position = length
    proseStart = length
    return true
  }

  /// Whether a bracket in text begins JSON: a bracket or key must follow.
  private func beginsDocument(at index: Int, _ input: Input) -> Bool? {
    let place = input.afterSpace(index + 1, limit: index + 256)
    guard place < index + 256 else { return false }
    guard place < input.end else { return input.isFinal ? true : nil }
    let byte = input[place]
    if input[index] == ASCII.openBracket {
      return byte == ASCII.openBrace || byte == ASCII.openBracket || byte == ASCII.closeBracket
    }
    if byte == ASCII.quote || byte == ASCII.apostrophe || byte == ASCII.closeBrace { return true }
    if byte == 0xE2 {
      guard place + 2 < input.end else { return input.isFinal ? false : nil }
      return JSONQuote(at: place, input) != nil
    }
    if byte == ASCII.slash || byte == UInt8(ascii: "#") { return true }
    guard Input.isLetter(byte) || byte == UInt8(ascii: "_") else { return false }
    return hasColon(after: place, input)
  }

  private func hasColon(after start: Int, _ input: Input) -> Bool? {
    var index = start
    while index < input.end, index < start + 128 {
      let byte = input[index]
      if byte == ASCII.colon { return true }
      let isWord = Input.isLetter(byte) || Input.isDigit(byte) || byte == UInt8(ascii: "_")
      guard isWord || byte == ASCII.space else { return false }
      index += 1
    }
    return index >= start + 128 || input.isFinal ? false : nil
  }

  /// Notes what stands beside the documents: code fences, and other text.
  func noteProse(_ range: Range<Int>, _ input: Input, _ sink: inout TableSink) {
    Prose.note(range, input, &sink)
  }
}

/// The text of a reply that belongs to no table.
enum Prose {
  /// What begins and ends a block of code in Markdown.
  static let fence = Array("```".utf8)

  /// The bytes of a byte order mark at the beginning; `nil` when more must arrive to tell.
  static func byteOrderMark(_ input: Input) -> Int? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if input.matches(mark, at: 0) { return mark.count }
    let isPossible =
      !input.isFinal
      && input.bytes(0..<min(input.end, 2)).elementsEqual(
        mark.prefix(input.end)
      )
    return isPossible && input.end < mark.count ? nil : 0
  }

  static func note(_ range: Range<Int>, _ input: Input, _ sink: inout TableSink) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end =
        input.firstIndex(of: ASCII.newline, in: start..<range.upperBound) ?? range.upperBound
      let line = input.trimmed(start..<end)
      if !line.isEmpty {
        let isFence = hasFence(line, input)
        sink.findings.note(isFence ? .fenced : .extraText, .init(sample: line))
      }
      start = end + 1
    }
  }

  /// Whether a line has the three backticks of a code fence.
  static func hasFence(_ line: Range<Int>, _ input: Input) -> Bool {
    line.count >= 3
      && (line.lowerBound...line.upperBound - 3).contains { index in
        input[index] == ASCII.backtick && input[index + 1] == ASCII.backtick
          && input[index + 2] == ASCII.backtick
      }
  }

  /// Whether a line is a code fence and nothing else.
  static func isFence(_ line: Range<Int>, _ input: Input) -> Bool {
    input.matches(fence, at: line.lowerBound) && line.count < 24
      && line.dropFirst(3).allSatisfy { Input.isLetter(input[$0]) || input[$0] == ASCII.backtick }
  }
}
