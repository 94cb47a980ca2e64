/// Checks and repairs of UTF-8.
enum UTF8Text {
  /// Whether bytes are valid UTF-8 (RFC 3629).
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let end = bytes.count
    var index = 0
    while index < end {
      let first = base[index]
      if first < 0x80 {
        index = asciiEnd(base, index, end)
        continue
      }
      let length = sequenceLength(first)
      guard length > 0, index + length <= end, isSecond(base[index + 1], after: first) else {
        return false
      }
      if length > 2, base[index + 2] & 0xC0 != 0x80 { return false }
      if length > 3, base[index + 3] & 0xC0 != 0x80 { return false }
      index += length
    }
    return true
  }

  /// The first place after an ASCII byte that is not ASCII.
  @inline(__always)
  private static func asciiEnd(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start + 1
    while index + 8 <= end {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      )
      let beyond = word & 0x8080_8080_8080_8080
      if beyond != 0 { return index + beyond.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < end, base[index] < 0x80 { index += 1 }
    return index
  }

  @inline(__always) private static func sequenceLength(_ first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  /// Whether a byte may follow the first one: no overlong forms, surrogates or values too large.
  @inline(__always) private static func isSecond(_ byte: UInt8, after first: UInt8) -> Bool {
    switch first {
    case 0xE0: byte &- 0xA0 < 0x20
    case 0xED: byte &- 0x80 < 0x20
    case 0xF0: byte &- 0x90 < 0x30
    case 0xF4: byte &- 0x80 < 0x10
    default: byte & 0xC0 == 0x80
    }
  }

  /// Appends a character.
  static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Replaces what is not valid at the end of a buffer; returns whether anything was.
  static func repair(_ bytes: inout [UInt8], from start: Int) -> Bool {
    if bytes[start...].withUnsafeBufferPointer(isValid) { return false }
    let repaired = String(decoding: bytes[start...], as: UTF8.self)
    bytes.replaceSubrange(start..., with: repaired.utf8)
    return true
  }
}
