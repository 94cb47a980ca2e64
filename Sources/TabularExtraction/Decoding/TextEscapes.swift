/// Decodes the escapes of text in JSON strings and TSV cells.
enum TextEscapes {
  /// What was odd about the escapes of a text.
  struct Oddities: OptionSet {
    let rawValue: UInt8
    /// An escape is none that JSON has; it was kept as it is.
    static let unknown = Oddities(rawValue: 1)
    /// A backslash was meant as text, see ``LiteralBackslash``.
    static let literal = Oddities(rawValue: 2)
  }

  /// Appends the text of a JSON string.
  ///
  /// An unknown escape, such as `\x`, is kept as it is. A lone surrogate becomes U+FFFD.
  static func appendJSON(
    _ text: UnsafeBufferPointer<UInt8>,
    to output: inout [UInt8]
  ) -> Oddities {
    var index = 0
    var oddities: Oddities = []
    var backslash = LiteralBackslash(text)
    while index < text.count {
      let run = text[index...].firstIndex(of: ASCII.backslash) ?? text.count
      output.append(contentsOf: text[index..<run])
      backslash.pass(text[index..<run])
      index = run
      guard index < text.count else { break }
      if isText(at: index, of: text, &backslash) {
        output.append(ASCII.backslash)
        oddities.insert(.literal)
        index += 1
      } else if let (scalar, length) = jsonEscape(text[index...]) {
        UTF8Text.append(scalar, to: &output)
        if scalar == "\u{FFFD}" { oddities.insert(.unknown) }
        index += length
      } else {
        backslash.pass(at: index)
        output.append(ASCII.backslash)
        index += 1
        oddities.insert(.unknown)
      }
    }
    return oddities
  }

  /// Whether an escape of JSON is none, since its backslash was meant as text.
  private static func isText(
    at index: Int,
    of text: UnsafeBufferPointer<UInt8>,
    _ backslash: inout LiteralBackslash
  ) -> Bool {
    guard index + 1 < text.count else { return false }
    switch text[index + 1] {
    case UInt8(ascii: "b"), UInt8(ascii: "f"):
      backslash.pass(at: index)
      return true
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"):
      guard backslash.isText(at: index) else { return false }
      backslash.pass(at: index)
      return true
    default: return false
    }
  }

  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  /// The character of an escape and the bytes it takes; `nil` when there is no such escape.
  private static func jsonEscape(_ text: Bytes) -> (Unicode.Scalar, Int)? {
    let start = text.startIndex
    guard text.count >= 2 else { return nil }
    switch text[start + 1] {
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "u"): return unicodeEscape(text)
    case let byte where byte == ASCII.quote || byte == ASCII.backslash || byte == ASCII.slash:
      return (Unicode.Scalar(byte), 2)
    case ASCII.apostrophe: return ("'", 2)
    default: return nil
    }
  }

  private static func unicodeEscape(_ text: Bytes) -> (Unicode.Scalar, Int)? {
    guard let unit = hexadecimal(text, at: 2) else { return nil }
    if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
    let start = text.startIndex
    guard unit < 0xDC00, text.count >= 12, text[start + 6] == ASCII.backslash,
      text[start + 7] == UInt8(ascii: "u"), let low = hexadecimal(text, at: 8),
      (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { return ("\u{FFFD}", 6) }
    return (scalar, 12)
  }

  private static func hexadecimal(_ text: Bytes, at offset: Int) -> UInt32? {
    guard text.count >= offset + 4 else { return nil }
    var value: UInt32 = 0
    for byte in text[(text.startIndex + offset)...].prefix(4) {
      guard let digit = digit(byte) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    if Input.isDigit(byte) { return UInt32(byte - 0x30) }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? UInt32(letter) + 10 : nil
  }

  /// The characters that TSV writes as a backslash and a letter.
  private static let tsvControls: [(letter: UInt8, control: UInt8)] = [
    (UInt8(ascii: "n"), ASCII.newline), (UInt8(ascii: "t"), ASCII.tab),
    (UInt8(ascii: "r"), ASCII.carriageReturn),
  ]

  /// Whether a cell has an escape: a backslash directly before `n`, `t` or `r`.
  static func hasTSV(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.indices.dropLast().contains { index in
      text[index] == ASCII.backslash && tsvControls.contains { $0.letter == text[index + 1] }
    }
  }

  /// Appends the text of a TSV cell.
  ///
  /// Backslashes before `n`, `t` or `r` pair up to one each, and an odd one makes the control
  /// character; backslashes elsewhere stay as they are, and so does one that was meant as text.
  static func appendTSV(
    _ text: UnsafeBufferPointer<UInt8>,
    to output: inout [UInt8]
  ) -> Oddities {
    var index = 0
    var oddities: Oddities = []
    var backslash = LiteralBackslash(text)
    while index < text.count {
      let run = text[index...].firstIndex(of: ASCII.backslash) ?? text.count
      output.append(contentsOf: text[index..<run])
      backslash.pass(text[index..<run])
      let after = text[run...].firstIndex { $0 != ASCII.backslash } ?? text.count
      index = after
      let escape = after < text.count ? tsvControls.first { $0.letter == text[after] } : nil
      let count = after - run
      guard let escape, count > 0 else {
        if count == 1 { backslash.pass(at: run) }
        output.append(contentsOf: repeatElement(ASCII.backslash, count: count))
        continue
      }
      if count == 1, backslash.isText(at: run) {
        backslash.pass(at: run)
        output.append(ASCII.backslash)
        oddities.insert(.literal)
        continue
      }
      output.append(contentsOf: repeatElement(ASCII.backslash, count: count / 2))
      output.append(count % 2 == 1 ? escape.control : escape.letter)
      index += 1
    }
    return oddities
  }

  /// Appends a text in which two bytes in a row stand for the second of them.
  static func append(
    _ text: UnsafeBufferPointer<UInt8>,
    joining first: UInt8,
    _ second: UInt8,
    to output: inout [UInt8]
  ) {
    var index = 0
    while index < text.count {
      let isPair = text[index] == first && index + 1 < text.count && text[index + 1] == second
      output.append(text[isPair ? index + 1 : index])
      index += isPair ? 2 : 1
    }
  }

  /// Appends a text as a TSV cell, so that ``appendTSV(_:to:)`` gives it back.
  static func appendEscapedTSV(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var slashes = 0
    for byte in text {
      let escape = tsvControls.first { $0.control == byte }
      if escape != nil || tsvControls.contains(where: { $0.letter == byte }) {
        output.append(contentsOf: repeatElement(ASCII.backslash, count: slashes))
      }
      slashes = byte == ASCII.backslash ? slashes + 1 : 0
      if let escape { output += [ASCII.backslash, escape.letter] } else { output.append(byte) }
    }
  }
}
