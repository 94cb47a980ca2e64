/// Addresses that are safe in `href` and `src`, whatever the source was called.
enum PageURL {
  /// A web address with all other characters percent-encoded; `nil` unless it is http or https.
  static func web(_ address: String) -> String? {
    let lowered = address.prefix(8).lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return nil }
    guard !address.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") })
    else { return nil }
    return encoded(address, keeping: "-._~:/?#[]@!$&'()*+,;=%")
  }

  /// A path relative to the page, as an address.
  static func relative(_ path: String) -> String {
    let encoded = encoded(path, keeping: "-._~/!$'()*+,;=@:")
    // A first segment with a colon would be read as a scheme.
    let first = encoded.prefix { $0 != "/" }
    return first.contains(":") ? "./" + encoded : encoded
  }

  /// The id of a YouTube video, from any of its usual addresses.
  static func youTubeID(_ address: String) -> String? {
    let parts = address.split { "/?&=#".contains($0) }.map(String.init)
    let markers: Set = ["v", "embed", "shorts", "live", "youtu.be"]
    let candidates = zip(parts, parts.dropFirst()).filter { markers.contains($0.0) }.map(\.1)
    return candidates.first { id in
      id.utf8.count == 11 && id.utf8.allSatisfy { isPlain($0) || $0 == 0x2D || $0 == 0x5F }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  private static func encoded(_ text: String, keeping kept: StaticString) -> String {
    let kept = kept.withUTF8Buffer { Array($0) }
    var output: [UInt8] = []
    for byte in text.utf8 {
      if isPlain(byte) || kept.contains(byte) {
        output.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        output += "%\(byte < 16 ? "0" : "")\(digits)".utf8
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
