internal import PlainText
internal import UnicodeText

/// Keeps the signs of lines from right to left in their places, where a format has no directions: such lines
/// stand in marks (`FormatOptions.directionMarks`), and labels of the other direction in an isolate.
struct DirectedText {
  /// The text of all captions, at least to the end of the one that is written.
  let text: UnsafeBufferPointer<UInt8>
  let marks: FormatOptions.DirectionMarks

  /// What the lines of a row are made of.
  enum Piece {
    case text(Range<Int>)
    case mark(StaticString)
    case lineEnd
  }

  /// Begins what goes the way of its own first letter, whatever stands around it.
  static let isolate: StaticString = "\u{2068}"
  /// Ends an isolate.
  static let isolateEnd: StaticString = "\u{2069}"
  /// The most bytes of the marks of a line with a label.
  static let lineSize = 12

  /// Whether a label goes the other way than its row.
  func isLabelTurned(_ part: Captions.Part) -> Bool {
    guard part.labelStart < part.labelEnd, marks != .none else { return false }
    let bytes = UnsafeBufferPointer(rebasing: text[part.labelStart..<part.labelEnd])
    if ByteScan.isASCII(bytes) { return part.isRightToLeft }
    return TextDirection.isRightToLeft(String(decoding: bytes, as: UTF8.self)) != part.isRightToLeft
  }

  /// A label without what stands behind it, a colon or a dash, which is the row's.
  static func name(_ part: Captions.Part) -> Range<Int> {
    part.labelStart..<max(part.labelStart, part.labelEnd - 2)
  }

  /// Hands over what a row shows, with its marks.
  func forEach(_ part: Captions.Part, _ body: (Piece) -> Void) {
    let isTurned = isLabelTurned(part)
    guard isTurned || part.isRightToLeft && marks != .none else {
      return body(.text(part.start..<part.end))
    }
    let (open, close): (StaticString, StaticString) =
      marks == .isolates ? ("\u{2067}", "\u{2069}") : ("\u{202B}", "\u{202C}")
    let label = isTurned ? Self.name(part) : part.start..<part.start
    var start = part.start
    while start < part.end {
      let end = text[start..<part.end].firstIndex(of: 0x0A) ?? part.end
      if part.isRightToLeft { body(.mark(open)) }
      let named = label.clamped(to: start..<end)
      if !named.isEmpty {
        body(.text(start..<named.lowerBound))
        body(.mark(Self.isolate))
        body(.text(named))
        body(.mark(Self.isolateEnd))
        body(.text(named.upperBound..<end))
      } else {
        body(.text(start..<end))
      }
      if part.isRightToLeft { body(.mark(close)) }
      if end < part.end { body(.lineEnd) }
      start = end + 1
    }
  }
}
