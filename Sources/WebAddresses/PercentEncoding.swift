internal import CCurl

/// Percent-encoding of parts of an address (RFC 3986), by libcurl.
public enum PercentEncoding {
  /// A query value or path segment: everything but letters, digits and `-._~` is encoded.
  public static func encoded(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    // A length of zero would make libcurl measure the text itself.
    guard !bytes.isEmpty else { return "" }
    let encoded = bytes.withUnsafeBytes { buffer in
      curl_easy_escape(nil, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count))
    }
    guard let encoded else { preconditionFailure("there is no memory for an address") }
    defer { curl_free(encoded) }
    return String(cString: encoded)
  }

  /// The text with `%XX` and `+` decoded; malformed escapes stay, invalid UTF-8 becomes U+FFFD.
  public static func decoded(_ text: some StringProtocol) -> String {
    let bytes = text.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    guard !bytes.isEmpty else { return "" }
    var count: Int32 = 0
    let decoded = bytes.withUnsafeBytes { buffer in
      curl_easy_unescape(
        nil,
        buffer.bindMemory(to: CChar.self).baseAddress,
        Int32(buffer.count),
        &count
      )
    }
    guard let decoded else { preconditionFailure("there is no memory for an address") }
    defer { curl_free(decoded) }
    // Decoded bytes may be zero, so that their number counts, not where a zero stands.
    return String(
      decoding: UnsafeRawBufferPointer(start: decoded, count: Int(count)),
      as: UTF8.self
    )
  }

  /// Items as a query string.
  public static func query(_ items: [(String, String)]) -> String {
    items.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
  }
}
