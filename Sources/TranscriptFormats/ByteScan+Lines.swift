internal import PlainText

extension ByteScan {
  /// Whether a text is on one line as it is: single blanks inside, none at the ends, no controls.
  ///
  /// Texts with certain signs are said not to be, whatever they hold: those whose UTF-8 begins as
  /// that of a blank does. They are then copied piece by piece, to the same effect.
  static func isOneLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20 else {
      return bytes.isEmpty
    }
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    var endsInBlank = false
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let blanks = EightBytes.equal(eight & ~EightBytes.high, 0x20) & ~eight
      guard isPlain(eight), blanks & (blanks >> 8) == 0, !endsInBlank || blanks & 0x80 == 0 else {
        return false
      }
      endsInBlank = blanks >> 63 == 1
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      guard LineText.isPlain(byte) || byte == 0x20 && !endsInBlank else { return false }
      endsInBlank = byte == 0x20
      index += 1
    }
    return true
  }

  /// Whether none of eight bytes is a control, or begins a scalar that may be a blank.
  @inline(__always) private static func isPlain(_ eight: UInt64) -> Bool {
    let low = eight & ~EightBytes.high
    let controls = EightBytes.below(low, 0x20) | EightBytes.equal(low, 0x7F)
    if controls & ~eight != 0 { return false }
    if eight & EightBytes.high == 0 { return true }
    let leads =
      EightBytes.equal(low, 0x42) | EightBytes.equal(low, 0x62) | EightBytes.equal(low, 0x6F)
    return leads & eight == 0
  }
}
