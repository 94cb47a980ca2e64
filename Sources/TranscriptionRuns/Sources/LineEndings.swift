/// The line ends of text files from other systems.
package enum LineEndings {
  /// The text with LF where it has CR for all its line ends, as files of old Macintoshes have; and
  /// without a byte order mark.
  package static func unified(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    guard scalars.contains("\r"), !scalars.contains("\n") else { return String(scalars) }
    var unified = String.UnicodeScalarView()
    for scalar in scalars { unified.append(scalar == "\r" ? "\n" : scalar) }
    return String(unified)
  }

  /// The lines of a text, however they end.
  package static func lines(_ text: String) -> [String] {
    unified(text).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.last == "\r" ? line.dropLast() : line) }
  }
}
