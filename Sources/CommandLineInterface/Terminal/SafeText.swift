/// Makes text of unknown origin harmless and short enough to print.
///
/// A terminal obeys escape sequences and control characters, and shows text in the direction that
/// invisible characters ask for; model output, file names and server replies may hold all of them.
public enum SafeText {
  /// The text on one line: line breaks and tabs become blanks, other controls a visible sign.
  public static func line(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { replacement($0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(replacement(scalar) ?? scalar) }
    return String(result)
  }

  /// The text in quotation marks, on one line and at most `limit` characters long.
  public static func quoted(_ text: String, limit: Int = 120) -> String {
    let short = text.count > limit ? text.prefix(limit - 1) + "…" : text[...]
    return "\"\(line(String(short)))\""
  }

  /// What a scalar is shown as; `nil` for one that may stay.
  private static func replacement(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
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
