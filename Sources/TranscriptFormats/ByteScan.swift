internal import PlainText
internal import TranscriptModel

/// Searches in UTF-8, eight bytes at a time.
enum ByteScan {
  /// The position of the next byte that is wanted; the end when there is none.
  ///
  /// - Parameter marks: Sets the high bit of each wanted byte among eight ASCII ones.
  @inline(__always) static func next(
    in bytes: UnsafeBufferPointer<UInt8>,
    from start: Int,
    marks: (UInt64) -> UInt64
  ) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      // Without its high bit a byte of another script looks like ASCII, so it is taken out again.
      let found = marks(eight & ~EightBytes.high) & ~eight
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80, marks(UInt64(byte)) & 0x80 != 0 { return index }
      index += 1
    }
    return index
  }

  /// Hands over the position of each occurrence of a byte in ASCII.
  @inline(__always) static func forEach(
    _ byte: UInt64,
    in bytes: UnsafeBufferPointer<UInt8>,
    _ body: (Int) -> Void
  ) {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      var found = EightBytes.equal(eight, byte)
      while found != 0 {
        body(index + found.trailingZeroBitCount / 8)
        found &= found - 1
      }
      index += 8
    }
    while index < bytes.count {
      if UInt64(bytes[index]) == byte { body(index) }
      index += 1
    }
  }

  /// How many bytes are wanted, as for ``next(in:from:marks:)``.
  @inline(__always) static func count(
    in bytes: UnsafeBufferPointer<UInt8>,
    marks: (UInt64) -> UInt64
  ) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var count = 0
    var index = 0
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      count += (marks(eight & ~EightBytes.high) & ~eight).nonzeroBitCount
      index += 8
    }
    for byte in bytes[index...] where byte < 0x80 { count += Int(marks(UInt64(byte)) & 0x80) >> 7 }
    return count
  }

  /// Whether every scalar takes one byte.
  static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if eight & EightBytes.high != 0 { return false }
      index += 8
    }
    return bytes[index...].allSatisfy { $0 < 0x80 }
  }

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
