extension JSONParser {
  /// Reads a number by JSON's grammar and keeps its text.
  mutating func number() throws(JSONSyntaxError) -> JSONNumber {
    JSONNumber(validated: text(try numberRange()))
  }

  /// Reads a number by JSON's grammar; where it stands.
  mutating func numberRange() throws(JSONSyntaxError) -> Range<Int> {
    let start = position
    if peek() == UInt8(ascii: "-") { position += 1 }
    if peek() == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if peek() == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if let sign = peek(), sign | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        position += 1
      }
      try digits()
    }
    return start..<position
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = position
    while let byte = peek(), byte &- 0x30 < 10 { position += 1 }
    guard position > start else { throw fault("a value is due") }
  }

  /// Reads a string from its opening to its closing quote.
  mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    var allBits = skipPlainText()
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
        return try self.text(text, isASCII: allBits < 0x80, at: start)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case ..<0x20: throw fault("control character in a string")
      default:
        allBits |= byte
        position += 1
      }
    }
    throw fault("the text ends inside a string")
  }

  /// Passes over a string without making one.
  mutating func skipString() throws(JSONSyntaxError) {
    let quote = position
    position += 1
    let isASCII = skipPlainText() < 0x80
    while isASCII, let byte = peek(), byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") {
      position += 1
      if byte == UInt8(ascii: "\"") { return }
    }
    // Anything else is looked at closely.
    position = quote
    _ = try string()
  }

  /// Goes on to the last bytes before the next quote, backslash or control, eight at a time, and
  /// returns 0x80 when one of them was not ASCII, else 0.
  mutating func skipPlainText() -> UInt8 {
    let raw = UnsafeRawBufferPointer(bytes)
    let high: UInt64 = 0x8080_8080_8080_8080
    let ones: UInt64 = 0x0101_0101_0101_0101
    var bits: UInt64 = 0
    while position + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let low = eight & ~high
      // The high bit of a byte stays clear where the byte is a quote, a backslash or a control.
      let others =
        ((low ^ (ones &* 0x22)) &+ (ones &* 0x7F)) & ((low ^ (ones &* 0x5C)) &+ (ones &* 0x7F))
        & (low &+ (ones &* 0x60))
      guard (others | eight) & high == high else { break }
      bits |= eight
      position += 8
    }
    return bits & high == 0 ? 0 : 0x80
  }

  /// Most text is ASCII, which needs no further look; the check of the rest is slow for short texts.
  private func text(
    _ text: UnsafeBufferPointer<UInt8>,
    isASCII: Bool,
    at start: Int
  ) throws(JSONSyntaxError) -> String {
    if isASCII { return String(decoding: text, as: UTF8.self) }
    guard let text = String(validating: text, as: UTF8.self) else {
      throw fault("invalid UTF-8", at: start)
    }
    return text
  }

  /// Finishes a string whose first escape stands at the current position.
  private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
    var decoded: [UInt8] = []
    // Stretches without an escape are copied at once.
    var copied = start
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        decoded.append(contentsOf: bytes[copied..<position - 1])
        return try decoded.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
          try text(bytes, isASCII: bytes.allSatisfy { $0 < 0x80 }, at: start)
        }
      case UInt8(ascii: "\\"):
        decoded.append(contentsOf: bytes[copied..<position - 1])
        try escape(into: &decoded)
        copied = position
      case ..<0x20: throw fault("control character in a string", at: position - 1)
      default: break
      }
    }
    throw fault("the text ends inside a string")
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(JSONSyntaxError) {
    guard let byte = peek() else { throw fault("the text ends inside a string") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): decoded.append(contentsOf: String(try unicodeEscape()).utf8)
    default: throw fault("unknown escape", at: position - 1)
    }
  }

  /// Reads the digits of `\u`, and the second half of a surrogate pair; a lone half becomes U+FFFD.
  private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimalUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let rest = position
    if first < 0xDC00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
      position += 2
      let second = try hexadecimalUnit()
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    position = rest
    return "\u{FFFD}"
  }

  private mutating func hexadecimalUnit() throws(JSONSyntaxError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw fault("four hexadecimal digits are due") }
    var unit: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault("four hexadecimal digits are due")
      }
      unit = unit << 4 | UInt32(digit)
    }
    position += 4
    return unit
  }
}
