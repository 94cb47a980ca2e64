/// Names of output files made from titles, links and other text that nobody has vetted.
package enum FileStem {
  /// Bytes that a stem may have, so that an ending fits within the 255 of common file systems.
  package static let limit = 120

  /// The text as a file name without an ending: visible, portable, never a path or hidden.
  ///
  /// Empty text, and text of which nothing is left, becomes `untitled`.
  ///
  /// - Parameter ending: What tells the name from others that begin alike, such as `2`; it stays whole
  ///   however long the text is.
  package static func cleaned(_ text: String, with ending: String = "") -> String {
    let ending = ending.isEmpty ? "" : "-" + cut(ending, to: limit / 2)
    return cut(text, to: limit - ending.utf8.count) + ending
  }

  private static func cut(_ text: String, to limit: Int) -> String {
    var stem = ""
    for character in text {
      let isSeparator = character.unicodeScalars.contains(where: isUnwelcome)
      // One sign stands for a whole run of unwelcome ones.
      if !isSeparator { stem.append(character) } else if stem.last != "-" { stem.append("-") }
    }
    stem = trimmed(stem[...])
    while stem.utf8.count > limit { stem.removeLast() }
    stem = trimmed(stem[...])
    if stem.isEmpty { return "untitled" }
    return isReserved(stem) ? stem + "-" : stem
  }

  /// No dot in front, which hides a file; no dash in front, which makes an option of it.
  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { " .-".contains($0) }
    while let last = text.last, " .-".contains(last) { text.removeLast() }
    return String(text)
  }

  private static func isUnwelcome(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      // Joiners make one picture of several; they are part of what is seen.
      scalar.value != 0x200D && scalar.value != 0x200C
    default: #"/\:*?"<>|"#.unicodeScalars.contains(scalar)
    }
  }

  /// Device names, which Windows and some network shares do not take for files.
  private static func isReserved(_ stem: String) -> Bool {
    let base = stem.prefix { $0 != "." }.uppercased()
    if ["CON", "PRN", "AUX", "NUL"].contains(base) { return true }
    return base.count == 4 && (base.hasPrefix("COM") || base.hasPrefix("LPT"))
      && base.last?.isNumber == true
  }
}
