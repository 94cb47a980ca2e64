internal import CCurl

/// Moments as headers of HTTP write them (RFC 9110, 5.6.7), read by libcurl.
package enum HTTPDate {
  /// Seconds since 1970 of `Fri, 27 Nov 2026 13:00:00 GMT`; `nil` for what is no date.
  package static func seconds(_ text: String) -> Int? {
    let seconds = curl_getdate(text, nil)
    return seconds < 0 ? nil : Int(seconds)
  }
}
