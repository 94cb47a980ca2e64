/// Numbers as people read them.
package enum NumberText {
  /// A whole number with separators: `297,153`.
  package static func grouped(_ number: Int) -> String {
    (number < 0 ? "-" : "") + grouped(digits: String(number.magnitude))
  }

  /// A number of things: `1 row`, `9,812 rows`.
  ///
  /// - Parameter plural: Of a noun that takes more than an s.
  package static func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// A share of `0...1` in per cent: `34 %`, `under 1 %` for little.
  package static func percent(_ share: Double) -> String {
    let percent = Int((share * 100).rounded())
    return share > 0 && percent == 0 ? "under 1 %" : "\(percent) %"
  }

  /// A whole number of 0 or more with zeros in front, at least as long as asked for.
  package static func padded(_ number: Int, _ length: Int) -> String {
    padded(digits: String(number), length)
  }

  /// A number of 64 bits as 16 lower-case hexadecimal digits.
  package static func hexadecimal(_ number: UInt64) -> String {
    padded(digits: String(number, radix: 16), 16)
  }

  private static func padded(digits: String, _ length: Int) -> String {
    String(repeating: "0", count: max(0, length - digits.count)) + digits
  }

  /// A count in few characters: `312`, `1.4k`, `31k`, `1.7M`.
  package static func compact(_ number: Int) -> String {
    var value = Double(number.magnitude)
    var unit = 0
    // A value that would be rounded to 1000 of one unit is 1.0 of the next.
    while unit < 3, value >= (unit == 0 ? 1000 : 999.5) {
      value /= 1000
      unit += 1
    }
    let sign = number < 0 ? "-" : ""
    guard unit > 0 else { return "\(sign)\(number.magnitude)" }
    return sign + brief(value) + ["", "k", "M", "G"][unit]
  }

  /// A number of bytes: `812 B`, `1.5 MB` (powers of 1000).
  package static func bytes(_ count: Int) -> String {
    let text = compact(count)
    guard let unit = text.last, !unit.isNumber else { return "\(text) B" }
    return "\(text.dropLast()) \(unit)B"
  }

  /// A length of time: `0.4 s`, `12 s`, `3 min 20 s`, `1 h 5 min`.
  package static func duration(_ duration: Duration) -> String {
    let whole = Int(duration.components.seconds)
    if whole < 10 {
      let tenths = duration.components.attoseconds / 100_000_000_000_000_000
      return tenths == 0 ? "\(whole) s" : "\(whole).\(tenths) s"
    }
    if whole < 60 { return "\(whole) s" }
    let (large, small) = whole < 3600 ? (whole / 60, whole % 60) : (whole / 3600, whole % 3600 / 60)
    let units = whole < 3600 ? ("min", "s") : ("h", "min")
    return "\(large) \(units.0)" + (small == 0 ? "" : " \(small) \(units.1)")
  }

  /// A length of time that is a guess, as exact as it deserves: `5 s`, `40 s`, `12 min`, `1 h 20 min`.
  package static func roughly(_ duration: Duration) -> String {
    let seconds = max(0, Int(duration.components.seconds))
    // Seconds by fives, hours by five minutes.
    let step = seconds < 60 ? 5 : seconds < 3600 ? 60 : 300
    return self.duration(.seconds(max(5, (seconds + step / 2) / step * step)))
  }

  /// Two numbers with an en dash, or one where both look the same.
  package static func range(_ low: String, _ high: String) -> String {
    low == high ? low : "\(low)–\(high)"
  }

  static func grouped(digits: some StringProtocol) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// One decimal below ten, none above.
  private static func brief(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    guard tenths < 100, tenths % 10 != 0 else { return "\(Int(value.rounded()))" }
    return "\(tenths / 10).\(tenths % 10)"
  }
}
