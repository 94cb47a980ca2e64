#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What of a reply has arrived, as the readers see it for the length of one call.
struct Input {
  let base: UnsafePointer<UInt8>
  /// The number of bytes that have arrived.
  let end: Int
  /// Whether nothing more will arrive.
  let isFinal: Bool

  @inline(__always) subscript(_ index: Int) -> UInt8 { base[index] }

  /// The first place of a byte in a range.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
  }

  /// The first place at or after an index that is no white space; `end` when there is none.
  @inline(__always)
  func afterSpace(_ index: Int, limit: Int = .max) -> Int {
    var index = index
    let limit = min(limit, end)
    while index < limit, Input.isSpace(base[index]) { index += 1 }
    return index
  }

  /// A range without white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Input.isSpace(base[start]) { start += 1 }
    while end > start, Input.isSpace(base[end - 1]) { end -= 1 }
    return start..<end
  }

  func isBlank(_ range: Range<Int>) -> Bool { trimmed(range).isEmpty }

  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Whether a part of other bytes stands at an index.
  @inline(__always)
  func matches(_ other: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, at index: Int) -> Bool {
    guard let start = other.baseAddress, index + part.count <= end else { return false }
    return memcmp(start + part.lowerBound, base + index, part.count) == 0
  }

  @inline(__always)
  func matches(_ expected: [UInt8], at index: Int) -> Bool {
    guard index + expected.count <= end else { return false }
    return expected.withUnsafeBufferPointer { expected in
      guard let start = expected.baseAddress else { return true }
      return memcmp(start, base + index, expected.count) == 0
    }
  }

  /// Whether ASCII text stands at an index, in either case.
  func matchesIgnoringCase(_ lowercased: [UInt8], at index: Int) -> Bool {
    guard index + lowercased.count <= end else { return false }
    for (offset, byte) in lowercased.enumerated()
    where Input.lowercased(base[index + offset]) != byte { return false }
    return true
  }

  @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always) static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }
}

/// Bytes the formats are made of.
enum ASCII {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backtick = UInt8(ascii: "`")
  static let backslash = UInt8(ascii: "\\")
  static let slash = UInt8(ascii: "/")
  static let comma = UInt8(ascii: ",")
  static let bar = UInt8(ascii: "|")
  static let semicolon = UInt8(ascii: ";")
  static let colon = UInt8(ascii: ":")
  static let dot = UInt8(ascii: ".")
  static let minus = UInt8(ascii: "-")
  static let ampersand = UInt8(ascii: "&")
  static let less = UInt8(ascii: "<")
  static let greater = UInt8(ascii: ">")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
}
