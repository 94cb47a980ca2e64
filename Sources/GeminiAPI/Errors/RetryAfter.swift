#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Reads `Retry-After`: seconds, or the moment from which on one may ask again (RFC 9110, 10.2.3).
enum RetryAfter {
  /// The wait; `nil` when there is none, or the moment has passed.
  ///
  /// A moment counts from the answer's own `Date`, so that a wrong clock makes no difference.
  static func delay(in headers: HTTPHeaders) -> Duration? {
    guard let text = headers["Retry-After"] else { return nil }
    if let seconds = Double(text) { return Duration(waiting: seconds) }
    guard let moment = seconds(text) else { return nil }
    let now = headers["Date"].flatMap(seconds) ?? time(nil)
    return Duration(waiting: Double(moment - now))
  }

  /// The seconds since 1970 of `Fri, 27 Nov 2026 13:00:00 GMT`.
  private static func seconds(_ text: String) -> Int? {
    let words = text.split { " :,-".contains($0) }.dropFirst()
    guard words.count >= 6, let day = Int(words[1]), let year = Int(words[3]),
      let month = months.firstIndex(of: words[2].lowercased()), let hour = Int(words[4]),
      let minute = Int(words[5]), let second = Int(words[6]), (1970...9999).contains(year)
    else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
      Int32(year - 1900), Int32(month), Int32(clamping: day)
    )
    (parts.tm_hour, parts.tm_min, parts.tm_sec) =
      (Int32(clamping: hour), Int32(clamping: minute), Int32(clamping: second))
    return timegm(&parts)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
}
