/// Percent-encoding of parts of an address (RFC 3986).
enum PercentEncoding {
  private static let unreserved = Set("-._~".utf8)

  /// A query value or path segment: everything but unreserved characters is encoded.
  static func encoded(_ text: some StringProtocol, keeping kept: String = "") -> String {
    let kept = Set(kept.utf8)
    var result = ""
    for byte in text.utf8 {
      if isAlphanumeric(byte) || unreserved.contains(byte) || kept.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  /// The text with `%XX` and `+` decoded; malformed escapes stay, invalid UTF-8 becomes U+FFFD.
  static func decoded(_ text: some StringProtocol) -> String {
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let byte = UInt8(String(decoding: source[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        bytes.append(byte)
        index += 3
      } else {
        bytes.append(source[index] == UInt8(ascii: "+") ? 0x20 : source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Items as a query string.
  static func query(_ items: [(String, String)]) -> String {
    items.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
