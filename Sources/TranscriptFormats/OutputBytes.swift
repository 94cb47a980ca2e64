/// Pieces of output, appended to UTF-8.
extension [UInt8] {
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }

  /// A cell between quotation marks, those in it doubled (RFC 4180, section 2).
  mutating func append(quoted cell: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    for byte in cell {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  /// A whole number in decimal digits.
  mutating func append(number: Int) {
    if number < 0 || number > 9 { return append(contentsOf: String(number).utf8) }
    append(0x30 + UInt8(truncatingIfNeeded: number))
  }

  /// A time as `HH:MM:SS` with a sign and three digits behind.
  mutating func append(clock milliseconds: Int, _ sign: UInt8) {
    let seconds = milliseconds / 1000
    let hours = seconds / 3600
    if hours > 99 { append(number: hours / 100) }
    let colons: UInt64 = 0x00_00_3A_00_00_3A_00_00
    let clock =
      Self.digits(hours % 100) | Self.digits(seconds / 60 % 60) << 24
      | Self.digits(seconds % 60) << 48 | colons
    append(little: clock)
    let fraction = milliseconds % 1000
    append(sign)
    append(0x30 + UInt8(truncatingIfNeeded: fraction / 100))
    append(little: UInt16(truncatingIfNeeded: Self.digits(fraction % 100)))
  }

  /// Two digits as ASCII, the first in the lowest byte.
  private static func digits(_ number: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: number / 10 | (number % 10) << 8 | 0x3030)
  }

  private mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
