internal import CCurl

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Owns an address as libcurl takes it apart.
struct CurlAddress: ~Copyable {
  private let handle: OpaquePointer

  /// Reads an address; `nil` when libcurl would not send to it, or it names a user.
  ///
  /// Dots in the path stay, since they may be a part of an object's name.
  init?(_ text: String) {
    guard let handle = curl_url() else { preconditionFailure("there is no memory for an address") }
    let flags = UInt32(CURLU_DISALLOW_USER | CURLU_PATH_AS_IS)
    guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else {
      curl_url_cleanup(handle)
      return nil
    }
    self.handle = handle
  }

  deinit { curl_url_cleanup(handle) }

  /// A part as text; `nil` when the address has none.
  subscript(_ part: CURLUPart) -> String? { text(part, flags: 0) }

  /// The host in the ASCII form of the name system, so that letters of all scripts may be in it.
  ///
  /// libcurl takes a name to be written in the locale's encoding, ours are UTF-8.
  var punycodeHost: String? {
    guard let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return nil }
    let usual = uselocale(locale)
    defer {
      uselocale(usual)
      freelocale(locale)
    }
    return text(CURLUPART_HOST, flags: UInt32(CURLU_PUNYCODE))
  }

  private func text(_ part: CURLUPart, flags: UInt32) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
