internal import TranscriptModel

/// What a row's text is told by: its bytes, reduced to a hash, and its words.
struct TextProfile {
  /// The hash of the text; 0 for an empty one.
  let hash: UInt64
  /// The words as ``SpokenWords`` counts them.
  let words: Int

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { TextProfile($0) }
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    words = SpokenWords.count(bytes)
    hash = bytes.isEmpty ? 0 : Self.hash(UnsafeRawBufferPointer(bytes))
  }

  /// Mixes eight bytes at a time, by a multiplication whose two halves are folded together.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var position = 0
    while position + 8 <= bytes.count {
      hash = mixed(hash, bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    var rest: UInt64 = 0
    for byte in bytes[position...] { rest = rest << 8 | UInt64(byte) }
    return mixed(hash, rest) | 1
  }

  private static func mixed(_ hash: UInt64, _ bytes: UInt64) -> UInt64 {
    let product = (hash ^ bytes).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
