/// Makes text of unknown origin harmless and short enough to print.
///
/// A terminal obeys escape sequences and control characters, and shows text in the direction that
/// invisible characters ask for; model output, file names and server replies may hold all of them.
package enum SafeText {
  /// The text on one line: line breaks and tabs become blanks, other controls a visible sign.
  package static func line(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { replacement($0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(replacement(scalar) ?? scalar) }
    return String(result)
  }

  /// The text in quotation marks, on one line and at most `limit` characters long.
  package static func quoted(_ text: String, limit: Int = 120) -> String {
    let short = text.count > limit ? text.prefix(limit - 1) + "…" : text[...]
    return "\"\(line(String(short)))\""
  }

  /// A JSON text with everything escaped that a terminal would obey: JSON has ASCII between its
  /// strings, so that what is escaped stands in one.
  package static func json(_ text: String) -> String {
    func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value >= 0x7F && replacement(scalar) != nil
    }
    guard text.unicodeScalars.contains(where: isEscaped) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isEscaped(scalar) else {
        result.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16)
      let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      result.append(contentsOf: escape.unicodeScalars)
    }
    return String(result)
  }

  /// What a scalar is shown as; `nil` for one that may stay.
  package static func replacement(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: " "
    // The block of control pictures shows each control character by its abbreviation.
    case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7F: "\u{2421}"
    // Controls of the C1 set, marks that turn the direction of text, and the byte order mark.
    case 0x80..<0xA0, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: "\u{FFFD}"
    default: nil
    }
  }
}
