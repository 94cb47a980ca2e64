/// Base64 as JSON carries bytes (RFC 4648).
public enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let urlSafeAlphabet = Array(alphabet.dropLast(2) + Array("-_".utf8))

  /// The bytes as text; the URL-safe form is without padding, as JSON web tokens want it.
  public static func encoded(_ bytes: [UInt8], urlSafe: Bool = false) -> String {
    let alphabet = urlSafe ? urlSafeAlphabet : alphabet
    let padded = (bytes.count + 2) / 3 * 4
    return String(unsafeUninitializedCapacity: padded) { output in
      var position = 0
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let count = min(3, bytes.count - start)
        var group = UInt32(bytes[start]) << 16
        if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
        if count > 2 { group |= UInt32(bytes[start + 2]) }
        for digit in 0..<4 where digit <= count || !urlSafe {
          let index = Int(group >> (18 - 6 * digit)) & 63
          output[position] = digit <= count ? alphabet[index] : UInt8(ascii: "=")
          position += 1
        }
      }
      return position
    }
  }

  /// The bytes of a text in either alphabet, with or without padding; `nil` when it is neither.
  public static func decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var group: UInt32 = 0
    var digits = 0
    var isPadding = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "=") {
        isPadding = true
        continue
      }
      guard !isPadding, let value = value(of: byte) else { return nil }
      group = group << 6 | UInt32(value)
      digits += 1
      if digits == 4 {
        bytes += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
        (group, digits) = (0, 0)
      }
    }
    switch digits {
    case 0: return bytes
    case 2: return bytes + [UInt8(group >> 4 & 255)]
    case 3: return bytes + [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
    default: return nil
    }
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
