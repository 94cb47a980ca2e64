internal import PlainText

/// Text on one line: every run of blanks, line breaks and controls is one blank, none at the ends.
///
/// Blanks are U+0000 to U+0020, U+007F to U+009F, U+2028, U+2029 and U+FEFF. No other scalar is
/// touched. In JavaScript:
///
///     text.replace(/[\u0000-\u0020\u007f-\u009f\u2028\u2029\ufeff]+/g, " ").replace(/^ | $/g, "")
///
/// One value serves many texts, so that its memory is asked for once.
struct LineText {
  /// The line as UTF-8.
  var bytes: [UInt8] = []

  /// Replaces the line by the flattened text.
  mutating func set(_ text: String) {
    var text = text
    text.withUTF8 { set($0) }
  }

  /// Replaces the line by the flattened text, given as UTF-8.
  mutating func set(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    append(text)
  }

  /// Replaces the line by `LABEL: TEXT`, or by the text alone when nothing of the label is visible.
  mutating func set(label: String, text: String) {
    set(label)
    if !bytes.isEmpty { bytes.append(UInt8(ascii: ":")) }
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Whether a text has anything but blanks.
  static func isSeen(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var index = 0
      while index < bytes.count {
        let blank = blankLength(bytes, index)
        if blank == 0 { return true }
        index += blank
      }
      return false
    }
  }

  /// Adds flattened text behind a blank, when there is text on both sides.
  private mutating func append(_ source: UnsafeBufferPointer<UInt8>) {
    if ByteScan.isOneLine(source) {
      if !bytes.isEmpty, !source.isEmpty { bytes.append(0x20) }
      bytes.append(contentsOf: source)
      return
    }
    var isBlankDue = false
    var index = 0
    while index < source.count {
      let blank = Self.blankLength(source, index)
      if blank > 0 {
        isBlankDue = true
        index += blank
        continue
      }
      var end = index + 1
      while end < source.count, Self.isPlain(source[end]) { end += 1 }
      if isBlankDue || index == 0, !bytes.isEmpty { bytes.append(0x20) }
      isBlankDue = false
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[index..<end]))
      index = end
    }
  }

  /// Whether a byte neither is a blank nor begins one.
  @inline(__always) static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7F && byte != 0xC2 && byte != 0xE2 && byte != 0xEF
  }

  /// The bytes of the blank at a position; 0 when there is none.
  @inline(__always) private static func blankLength(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ index: Int
  ) -> Int {
    let first = bytes[index]
    if first <= 0x20 || first == 0x7F { return 1 }
    guard first >= 0xC2, index + 1 < bytes.count else { return 0 }
    let second = bytes[index + 1]
    if first == 0xC2 { return second < 0xA0 ? 2 : 0 }
    guard index + 2 < bytes.count else { return 0 }
    switch (first, second, bytes[index + 2]) {
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xEF, 0xBB, 0xBF): return 3
    default: return 0
    }
  }
}
