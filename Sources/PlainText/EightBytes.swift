/// Questions about eight ASCII bytes in one word; each answer is the high bit of its byte.
///
/// Public so that other modules get the code itself and not a call of it.
public enum EightBytes {
  /// The high bit of each byte, which ASCII does not use.
  @inlinable public static var high: UInt64 { 0x8080_8080_8080_8080 }

  /// The bytes that are letters or digits.
  @inlinable @inline(__always) public static func letters(_ bytes: UInt64) -> UInt64 {
    within(bytes | repeated(0x20), 0x61, 0x7A) | within(bytes, 0x30, 0x39)
  }

  /// The bytes that are capital letters.
  @inlinable @inline(__always) public static func capitals(_ bytes: UInt64) -> UInt64 {
    within(bytes, 0x41, 0x5A)
  }

  /// The bytes that equal one.
  @inlinable @inline(__always) public static func equal(_ bytes: UInt64, _ byte: UInt64) -> UInt64 {
    ~((bytes ^ repeated(byte)) &+ repeated(0x7F)) & high
  }

  /// The bytes that are less than one.
  @inlinable @inline(__always) public static func below(_ bytes: UInt64, _ byte: UInt64) -> UInt64 {
    ~(bytes &+ repeated(0x80 - byte)) & high
  }

  /// The bytes from one to another, both included.
  @inlinable @inline(__always) public static func within(
    _ bytes: UInt64,
    _ first: UInt64,
    _ last: UInt64
  ) -> UInt64 {
    (bytes &+ repeated(0x80 - first)) & ~(bytes &+ repeated(0x7F - last)) & high
  }

  /// One byte eight times.
  @inlinable @inline(__always) public static func repeated(_ byte: UInt64) -> UInt64 {
    byte &* 0x0101_0101_0101_0101
  }
}
