/// A hash that is the same in every run of the program (FNV-1a with 64 bits, draft-eastlake-fnv).
///
/// It notices change, and keeps no secret.
package struct StableHash: Hashable, Sendable {
  /// The hash of what was added so far.
  @usableFromInline package var value: UInt64

  /// The hash of nothing.
  ///
  /// - Parameter seed: Other seeds lead to other hashes.
  @inlinable package init(seed: UInt64 = 0) { value = 0xCBF2_9CE4_8422_2325 ^ seed }

  /// The hash of bytes.
  @inlinable package init(_ bytes: some Sequence<UInt8>) {
    self.init()
    add(bytes)
  }

  /// Adds one byte, or a number in place of one.
  @inlinable package mutating func add(_ byte: UInt64) { value = (value ^ byte) &* 0x100_0000_01B3 }

  /// Adds bytes.
  @inlinable package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(UInt64(byte)) }
  }

  /// Adds the bytes of a text and an end that no UTF-8 holds, which keeps "a" and "b" apart from "ab".
  package mutating func add(part text: String) {
    add(text.utf8)
    add(0xFF)
  }

  /// The hash as 16 lower-case hexadecimal digits.
  package var hexadecimal: String { NumberText.hexadecimal(value) }
}
