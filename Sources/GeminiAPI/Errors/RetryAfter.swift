internal import HostSystem
internal import WebAddresses

/// Reads `Retry-After`: seconds, or the moment from which on one may ask again (RFC 9110, 10.2.3).
package enum RetryAfter {
  /// The wait; `nil` when there is none, or the moment has passed.
  ///
  /// A moment counts from the answer's own `Date`, so that a wrong clock makes no difference.
  package static func delay(in headers: HTTPHeaders) -> Duration? {
    guard let text = headers["Retry-After"] else { return nil }
    if let seconds = Double(text) { return Duration(waiting: seconds) }
    guard let moment = HTTPDate.seconds(text) else { return nil }
    let now = headers["Date"].flatMap(HTTPDate.seconds) ?? Int(WallClock.seconds)
    return Duration(waiting: Double(moment - now))
  }
}
