/// Text that HTML can hold: what it cannot hold is shown by a stand-in, never dropped.
///
/// Control characters become the pictures Unicode has for them (`␀`, `␛`, `␡`), controls of the
/// upper range and noncharacters U+FFFE and U+FFFF become U+FFFD. Tabs and line ends stay.
enum PageText {
  /// Whether every character can stand in a page as it is.
  static func isClean(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous: UInt8 = 0
    var beforePrevious: UInt8 = 0
    for byte in text {
      if byte < 0x20 {
        if byte != 0x09 && byte != 0x0A { return false }
      } else if byte >= 0x7F {
        if byte == 0x7F || (previous == 0xC2 && byte < 0xA0) { return false }
        if beforePrevious == 0xEF && previous == 0xBF && byte >= 0xBE { return false }
      }
      beforePrevious = previous
      previous = byte
    }
    return true
  }

  /// A short text with stand-ins where it needs them.
  static func cleaned(_ text: String) -> String {
    var text = text
    let bytes: [UInt8]? = text.withUTF8 { isClean($0) ? nil : cleaned($0) }
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The text with stand-ins; a line end written CR LF or CR becomes LF, as HTML reads it.
  static func cleaned(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var skipsLineFeed = false
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      defer { skipsLineFeed = scalar == "\r" }
      if scalar == "\n" && skipsLineFeed { continue }
      output.append(contentsOf: String(standIn(for: scalar)).utf8)
    }
    return output
  }

  private static func standIn(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0A: scalar
    case 0x0D: "\n"
    case ..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: scalar
    }
  }
}
