/// Searches in UTF-8, eight bytes at a time.
package enum ByteScan {
  /// The position of the next byte that is wanted; the end when there is none.
  ///
  /// - Parameters:
  ///   - lead: A byte that is none of ASCII and wanted too.
  ///   - marks: Sets the high bit of each wanted byte among eight ASCII ones.
  @inlinable @inline(__always) package static func next(
    in bytes: UnsafeBufferPointer<UInt8>,
    from start: Int,
    lead: UInt8? = nil,
    marks: (UInt64) -> UInt64
  ) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      // Without its high bit a byte of another script looks like ASCII, so it is taken out again.
      let low = eight & ~EightBytes.high
      var found = marks(low) & ~eight
      if let lead { found |= EightBytes.equal(low, UInt64(lead & 0x7F)) & eight }
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 ? marks(UInt64(byte)) & 0x80 != 0 : byte == lead { return index }
      index += 1
    }
    return index
  }

  /// Hands over the position of each occurrence of a byte in ASCII.
  @inlinable @inline(__always) package static func forEach(
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
  @inlinable @inline(__always) package static func count(
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
  @inlinable package static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= bytes.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if eight & EightBytes.high != 0 { return false }
      index += 8
    }
    return bytes[index...].allSatisfy { $0 < 0x80 }
  }
}
