internal import PlainText

/// Durations as the wire writes them: seconds with an `s`, such as `1.5s`.
public enum WireDuration {
  /// The duration as the wire writes it, without trailing zeros.
  public static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = Int(attoseconds / 1_000_000_000)
    let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
    let whole = "\(sign)\(seconds.magnitude)"
    guard nanoseconds != 0 else { return "\(whole)s" }
    var fraction = NumberText.padded(abs(nanoseconds), 9)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(whole).\(fraction)s"
  }

  /// Reads such a text, of whose fraction nine digits count; `nil` for anything else.
  public static func duration(_ text: some StringProtocol) -> Duration? {
    guard text.hasSuffix("s") else { return nil }
    let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, let whole = Int64(first) else { return nil }
    guard parts.count == 2 else { return .seconds(whole) }
    let digits = parts[1].prefix(9)
    guard !digits.isEmpty, parts[1].allSatisfy({ $0.isASCII && $0.isNumber }),
      var nanoseconds = Int64(digits)
    else { return nil }
    for _ in digits.count..<9 { nanoseconds *= 10 }
    return .seconds(whole) + .nanoseconds(first.hasPrefix("-") ? -nanoseconds : nanoseconds)
  }
}
