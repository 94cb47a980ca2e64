internal import PlainText
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Numbers as the page prints them.
enum PageNumbers {
  /// A part of a whole in per cent; `nil` of nothing.
  static func share(_ part: Int, of whole: Int) -> String? {
    whole > 0 ? NumberText.percent(Double(part) / Double(whole)) : nil
  }

  /// A length of time: `0:32`, `1:02:03`.
  static func length(milliseconds: Int) -> String {
    let text = Timecode(milliseconds: (milliseconds + 500) / 1000 * 1000).rendered
    return text.hasPrefix("0") ? String(text.dropFirst()) : text
  }

  /// US dollars with the digits that matter.
  static func dollars(_ amount: Decimal) -> String { "\(MoneyText.rendered(amount)) USD" }

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
