/// Pieces of output, appended to UTF-8.
extension [UInt8] {
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }

  /// A whole number in decimal digits.
  mutating func append(number: Int) {
    if number < 0 || number > 9 { return append(contentsOf: String(number).utf8) }
    append(0x30 + UInt8(truncatingIfNeeded: number))
  }

  /// A number as two digits, or more where it needs them.
  mutating func append(twoDigits number: Int) {
    if number > 99 { return append(number: number) }
    append(0x30 + UInt8(truncatingIfNeeded: number / 10))
    append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }

  /// A time as `HH:MM:SS` with a sign and three digits behind.
  mutating func append(clock milliseconds: Int, _ sign: UInt8) {
    let seconds = milliseconds / 1000
    append(twoDigits: seconds / 3600)
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds / 60 % 60)
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds % 60)
    append(sign)
    append(0x30 + UInt8(truncatingIfNeeded: milliseconds % 1000 / 100))
    append(twoDigits: milliseconds % 100)
  }
}
