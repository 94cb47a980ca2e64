/// Base64 as the service takes it: standard or URL-safe, padded or not.
enum Base64 {
  private static let digits: [UInt8] = {
    var table = [UInt8](repeating: 0xFF, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    table[Int(UInt8(ascii: "-"))] = 62
    table[Int(UInt8(ascii: "_"))] = 63
    return table
  }()

  /// Whether a text holds nothing but digits and, at its end, padding.
  static func isWellFormed(_ text: String) -> Bool {
    let digits = Self.digits
    var text = text
    return text.withUTF8 { bytes in
      let end = bytes.lastIndex { $0 != UInt8(ascii: "=") }.map { $0 + 1 } ?? 0
      guard bytes.count - end <= 2, end % 4 != 1 else { return false }
      return bytes[..<end].allSatisfy { digits[Int($0)] != 0xFF }
    }
  }

  /// The bytes of a well-formed text.
  static func decoded(_ text: String) -> [UInt8] {
    let digits = Self.digits
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count / 4 * 3)
    var bits = 0
    var held = 0
    for byte in text.utf8 where digits[Int(byte)] != 0xFF {
      bits = (bits << 6 | Int(digits[Int(byte)])) & 0xFFFF
      held += 6
      if held >= 8 {
        held -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> held))
      }
    }
    return result
  }

  /// Bytes in the standard alphabet, padded.
  static func encoded(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let digit = alphabet[bits >> (18 - 6 * place) & 63]
        result.append(place <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
