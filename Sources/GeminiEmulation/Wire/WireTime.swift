/// Durations of the wire.
enum Milliseconds {
  /// Reads seconds with an `s` at the end (`"1.5s"`); `nil` for anything else.
  static func parse(duration text: String?) -> Int? {
    guard let text, text.hasSuffix("s"), let seconds = Double(text.dropLast()),
      seconds.isFinite, abs(seconds) <= 315_576_000_000
    else { return nil }
    return Int((seconds * 1000).rounded())
  }

  /// Seconds with an `s`, with a fraction where needed.
  static func duration(_ milliseconds: Int) -> String {
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    guard rest != 0 else { return "\(seconds)s" }
    let digits = String(rest)
    return "\(seconds)." + String(repeating: "0", count: 3 - digits.count) + digits + "s"
  }
}

/// Moments of the wire (RFC 3339), as seconds since 1970.
enum Timestamp {
  /// The moment in UTC with microseconds.
  static func rendered(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.down))
    let (days, time) = (whole / 86_400, whole % 86_400)
    let date = civil(days)
    let micros = Int((seconds - Double(whole)) * 1_000_000)
    return "\(date.year)-\(pad(date.month, 2))-\(pad(date.day, 2))T\(pad(time / 3600, 2)):"
      + "\(pad(time / 60 % 60, 2)):\(pad(time % 60, 2)).\(pad(micros, 6))Z"
  }

  /// Reads `YYYY-MM-DDTHH:MM:SS[.f](Z|±HH:MM)`; `nil` for anything else.
  static func parse(_ text: String?) -> Double? {
    guard let text, text.utf8.count >= 20 else { return nil }
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let rest = text.dropFirst(19)
    guard let zone = rest.firstIndex(where: { "Zz+-".contains($0) }),
      let fraction = Double("0" + rest[..<zone]), let offset = zoneOffset(rest[zone...])
    else { return nil }
    let seconds = (hour * 60 + minute) * 60 + second - offset
    return Double(days(year, month, day) * 86_400 + seconds) + fraction
  }

  private static func zoneOffset(_ zone: Substring) -> Int? {
    if zone == "Z" || zone == "z" { return 0 }
    let parts = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (0...99).contains($0) }) else { return nil }
    return (zone.first == "-" ? -1 : 1) * (parts[0] * 60 + parts[1]) * 60
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The date of a day counted from 1970 (Hinnant's civil calendar; positive days).
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (year + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = year.quotientAndRemainder(dividingBy: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
