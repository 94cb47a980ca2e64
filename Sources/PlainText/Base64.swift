#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Base64 as JSON carries bytes (RFC 4648), by Foundation.
package enum Base64 {
  /// The bytes as text; the URL-safe form is without padding, as JSON web tokens want it.
  package static func encoded(_ bytes: [UInt8], urlSafe: Bool = false) -> String {
    let text = Data(bytes).base64EncodedString()
    guard urlSafe else { return text }
    return text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// The bytes of a text in either alphabet, with or without padding; `nil` when it is neither.
  package static func decoded(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    while digits.last == UInt8(ascii: "=") { digits.removeLast() }
    guard digits.count % 4 != 1, text.utf8.count - digits.count <= 2 else { return nil }
    for (index, digit) in digits.enumerated() {
      // Padding stands at the end alone, where Foundation does not insist.
      if digit == UInt8(ascii: "=") { return nil }
      if digit == UInt8(ascii: "-") { digits[index] = UInt8(ascii: "+") }
      if digit == UInt8(ascii: "_") { digits[index] = UInt8(ascii: "/") }
    }
    while digits.count % 4 != 0 { digits.append(UInt8(ascii: "=")) }
    return Data(base64Encoded: Data(digits)).map { [UInt8]($0) }
  }
}
