internal import TranscriptModel

/// Reads times as files of other programs have them.
enum ClockText {
  /// More digits than hours of any recording have; keeps the arithmetic far from overflow.
  private static let mostDigits = 9

  /// Milliseconds of `H:MM:SS.mmm`, `MM:SS,mmm` or `SS.mmm` in UTF-8; `nil` for anything else.
  ///
  /// Hours may be any number, and a sign may stand in front.
  static func milliseconds(_ bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    let isNegative = index < bytes.endIndex && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var total = 0
    var fields = 0
    var digits = 0
    var value = 0
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte &- 0x30 < 10 {
        value = value * 10 + Int(byte &- 0x30)
        digits += 1
        guard digits <= mostDigits else { return nil }
      } else if byte == UInt8(ascii: ":") {
        guard digits > 0, fields < 2 else { return nil }
        total = total * 60 + value
        (value, digits, fields) = (0, 0, fields + 1)
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    var result = (total * 60 + value) * 1000
    if index < bytes.endIndex {
      guard let fraction = fraction(bytes[index...]) else { return nil }
      result += fraction
    }
    return isNegative ? -result : result
  }

  /// Milliseconds of a fraction with its point or comma.
  private static func fraction(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let sign = bytes.first, sign == 0x2E || sign == 0x2C, bytes.count > 1 else { return nil }
    var weight = 100
    var result = 0
    for byte in bytes.dropFirst() {
      guard byte &- 0x30 < 10 else { return nil }
      result += weight * Int(byte &- 0x30)
      weight /= 10
    }
    return result
  }

  /// Milliseconds of a time in any spelling that people use; `nil` for anything else.
  static func milliseconds(_ text: some StringProtocol) -> Int? {
    let text = String(text)
    if let time = milliseconds(Array(text.utf8)[...]) { return time }
    return (try? TimeSpelling(parsing: text))?.time.milliseconds
  }

  /// Milliseconds of seconds; `nil` for what is no number that a recording could have.
  static func milliseconds(seconds: Double?) -> Int? {
    guard let seconds, seconds.isFinite, seconds.magnitude < 1e9 else { return nil }
    return Int((seconds * 1000).rounded())
  }
}
