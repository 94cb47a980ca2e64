package import PlainText

extension SafeText {
  /// Text that is about to reach a terminal, in lines: what a terminal would obey becomes a visible
  /// sign, but for line breaks, tabs and the codes of ``TextStyle``.
  ///
  /// The last wall: whatever comes from outside is to be made harmless where it is put into words.
  package static func terminal(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isObeyed) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if let code = TextStyle.codes.first(where: { rest.starts(with: $0.unicodeScalars) }) {
        result.append(contentsOf: code.unicodeScalars)
        rest = rest.dropFirst(code.unicodeScalars.count)
      } else {
        result.append(isObeyed(scalar) ? replacement(scalar) ?? scalar : scalar)
        rest = rest.dropFirst()
      }
    }
    return String(result)
  }

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    replacement(scalar) != nil && ![0x09, 0x0A, 0x2028, 0x2029].contains(scalar.value)
  }
}
