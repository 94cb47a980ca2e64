/// Breaks text into lines.
package enum TextWrapping {
  /// Lines of at most `width` columns, broken at blanks; a longer word stays whole.
  package static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      let columns = DisplayWidth.of(word)
      if !line.isEmpty, used + 1 + columns > width {
        lines.append(line)
        line = ""
        used = 0
      }
      if !line.isEmpty {
        line += " "
        used += 1
      }
      line += word
      used += columns
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
