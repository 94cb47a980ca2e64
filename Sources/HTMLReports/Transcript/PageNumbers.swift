internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Numbers as the page prints them.
enum PageNumbers {
  /// A whole number with separators: `9,812`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// A number of things: `1 row`, `9,812 rows`.
  static func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// A share of `0...1` in per cent: `34 %`, `under 1 %` for little.
  static func percent(_ share: Double) -> String {
    let percent = Int((share * 100).rounded())
    return share > 0 && percent == 0 ? "under 1 %" : "\(percent) %"
  }

  /// A part of a whole in per cent; `nil` of nothing.
  static func share(_ part: Int, of whole: Int) -> String? {
    whole > 0 ? percent(Double(part) / Double(whole)) : nil
  }

  /// A length of time: `0:32`, `1:02:03`.
  static func length(milliseconds: Int) -> String {
    let text = Timecode(milliseconds: (milliseconds + 500) / 1000 * 1000).rendered
    return text.hasPrefix("0") ? String(text.dropFirst()) : text
  }

  /// US dollars with the digits that matter: cents from one dollar, else two significant digits.
  static func dollars(_ amount: Decimal) -> String {
    let parts = "\(amount)".split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return "\(amount) USD" }
    let zeros = parts[0] == "0" ? parts[1].prefix { $0 == "0" }.count : 0
    return rounded(whole: parts[0], fraction: parts[1], digits: zeros + 2) + " USD"
  }

  /// A decimal with its fraction cut to a number of digits, half away from zero.
  private static func rounded(whole: Substring, fraction: Substring, digits: Int) -> String {
    guard fraction.count > digits else { return "\(whole).\(fraction)" }
    let sign = whole.first == "-" ? "-" : ""
    var kept = Array((whole.drop { $0 == "-" } + fraction.prefix(digits)).utf8)
    let isUp = fraction.dropFirst(digits).utf8.first.map { $0 >= UInt8(ascii: "5") } ?? false
    var position = kept.count - 1
    while isUp && position >= 0 && kept[position] == UInt8(ascii: "9") {
      kept[position] = UInt8(ascii: "0")
      position -= 1
    }
    if isUp && position >= 0 { kept[position] += 1 }
    if isUp && position < 0 { kept.insert(UInt8(ascii: "1"), at: 0) }
    let text = String(decoding: kept, as: UTF8.self)
    return "\(sign)\(text.dropLast(digits)).\(text.suffix(digits))"
  }

  /// A moment as media fragments write it: seconds with a fraction only where there is one.
  static func seconds(_ time: Timecode) -> String {
    let fraction = time.milliseconds % 1000
    guard fraction != 0 else { return String(time.milliseconds / 1000) }
    var digits = String(1000 + fraction).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(time.milliseconds / 1000).\(digits)"
  }

  /// The day of an RFC 3339 time, as people write it: `12 March 2026`; `nil` for anything else.
  static func day(_ text: String) -> String? {
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    return "\(day) \(months[month - 1]) \(year)"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
