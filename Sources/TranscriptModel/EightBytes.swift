/// Questions about eight ASCII bytes in one word; each answer is the high bit of its byte.
package enum EightBytes {
  /// The high bit of each byte, which ASCII does not use.
  @inlinable package static var high: UInt64 { 0x8080_8080_8080_8080 }

  /// The bytes that are letters or digits.
  @inlinable @inline(__always) package static func letters(_ bytes: UInt64) -> UInt64 {
    within(bytes | repeated(0x20), 0x61, 0x7A) | within(bytes, 0x30, 0x39)
  }

  /// The bytes that are capital letters.
  @inlinable @inline(__always) package static func capitals(_ bytes: UInt64) -> UInt64 {
    within(bytes, 0x41, 0x5A)
  }

  /// The bytes that equal one.
  @inlinable @inline(__always) package static func equal(_ bytes: UInt64, _ byte: UInt64) -> UInt64
  {
    ~((bytes ^ repeated(byte)) &+ repeated(0x7F)) & high
  }

  /// The bytes that are less than one.
  @inlinable @inline(__always) package static func below(_ bytes: UInt64, _ byte: UInt64) -> UInt64
  {
    ~(bytes &+ repeated(0x80 - byte)) & high
  }

  /// The bytes from one to another, both included.
  @inlinable @inline(__always) static func within(
    _ bytes: UInt64,
    _ first: UInt64,
    _ last: UInt64
  ) -> UInt64 {
    (bytes &+ repeated(0x80 - first)) & ~(bytes &+ repeated(0x7F - last)) & high
  }

  @inlinable @inline(__always) static func repeated(_ byte: UInt64) -> UInt64 {
    byte &* 0x0101_0101_0101_0101
  }
}
