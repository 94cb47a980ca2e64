/// Decides whether a quote ends a string, or is text that should have been escaped.
///
/// In strict JSON a closing quote is always followed by what may stand there, so strict JSON is
/// never read otherwise. Looks at a bounded number of bytes, and asks to wait when these have not
/// arrived.
struct StringEnd {
  enum Verdict: Equatable {
    case closes, isText, waits
    /// The closing quote is missing: the text ended here, and this quote opens the next key.
    case closedBefore(Int)
  }

  /// The bytes looked at after a quote.
  private static let window = 256

  let verdict: Verdict

  init(
    _ input: Input,
    _ context: JSONScanner.Context,
    content: Int,
    quote: Int,
    length: Int
  ) {
    let view = View(input: input, start: quote + length, quote: input[quote])
    switch view.follower(isKey: context.isKey, isObject: context.isObject) {
    case true: verdict = .closes
    case nil: verdict = .waits
    case false:
      verdict =
        context.isKey
        ? .isText : Self.missingQuote(view, context.shape, content: content, quote: quote)
    }
  }

  /// Whether a quote that cannot close opens a known key, after a comma or a line break.
  private static func missingQuote(
    _ view: View,
    _ shape: TableShape?,
    content: Int,
    quote: Int
  ) -> Verdict {
    guard let shape, let isKey = view.isKnownKey(at: quote, shape) else {
      return shape == nil ? .isText : .waits
    }
    guard isKey else { return .isText }
    var end = quote
    var sawBreak = false
    while end > content, Input.isSpace(view.input[end - 1]) {
      sawBreak = sawBreak || view.input[end - 1] == ASCII.newline
      end -= 1
    }
    if end > content, view.input[end - 1] == ASCII.comma {
      end -= 1
    } else if !sawBreak {
      return .isText
    }
    return .closedBefore(end)
  }

  /// The bytes after the quote; questions about them are answered `nil` when they must arrive
  /// first.
  private struct View {
    let input: Input
    let start: Int
    let quote: UInt8
    var limit: Int { start + StringEnd.window }

    /// The next byte that is no space, with its place.
    enum Next {
      case byte(UInt8, Int)
      case unknown
      /// The reply, or the window, ends before it.
      case none
    }

    func next(_ index: Int) -> Next {
      let place = input.afterSpace(index, limit: limit)
      if place >= limit { return .none }
      if place >= input.end { return input.isFinal ? .none : .unknown }
      return .byte(input[place], place)
    }

    func follower(isKey isKeyDue: Bool, isObject: Bool) -> Bool? {
      switch next(start) {
      case .unknown: return nil
      case .none: return true
      case .byte(let byte, let place):
        if isKeyDue {
          return byte == ASCII.colon || byte == ASCII.comma || byte == ASCII.closeBrace
        }
        switch byte {
        case ASCII.closeBrace, ASCII.closeBracket, ASCII.backtick: return true
        case ASCII.slash: return isComment(place)
        case ASCII.comma: return isObject ? isMember(place + 1) : isElement(place + 1)
        case ASCII.colon: return isObject ? false : true
        case ASCII.quote, ASCII.apostrophe: return isObject ? isKey(at: place) : false
        default: return false
        }
      }
    }

    /// Whether a member of an object, or its end, follows a comma.
    private func isMember(_ index: Int) -> Bool? {
      switch next(index) {
      case .unknown: return nil
      case .none: return true
      case .byte(let byte, let place):
        switch byte {
        case ASCII.closeBrace, ASCII.closeBracket, ASCII.openBrace: return true
        case ASCII.slash: return isComment(place)
        case ASCII.quote, ASCII.apostrophe: return isKey(at: place)
        case 0xE2:
          guard place + 2 < input.end else { return input.isFinal ? true : nil }
          return JSONQuote(at: place, input) != nil
        default: return Input.isLetter(byte) || byte == 0x5F ? isBareKey(at: place) : false
        }
      }
    }

    /// Whether an element of an array, or its end, follows a comma.
    private func isElement(_ index: Int) -> Bool? {
      switch next(index) {
      case .unknown: return nil
      case .none: return true
      case .byte(let byte, _):
        return "\"'[]{}-tfnTFN/".utf8.contains(byte) || Input.isDigit(byte) || byte == 0xE2
      }
    }

    private func isComment(_ index: Int) -> Bool? {
      guard index + 1 < input.end else { return input.isFinal ? true : nil }
      return input[index + 1] == ASCII.slash || input[index + 1] == UInt8(ascii: "*")
    }

    /// Whether a quoted key and its colon stand at an index.
    func isKey(at index: Int) -> Bool? {
      var place = index + 1
      while place < input.end, place < limit {
        let byte = input[place]
        if byte == ASCII.newline { return false }
        if byte == input[index] { return isColon(place + 1) }
        place += byte == ASCII.backslash ? 2 : 1
      }
      return place >= limit ? false : input.isFinal ? true : nil
    }

    private func isBareKey(at index: Int) -> Bool? {
      var place = index
      while place < input.end, place < limit {
        let byte = input[place]
        guard Input.isLetter(byte) || Input.isDigit(byte) || byte == 0x5F else {
          return isColon(place)
        }
        place += 1
      }
      return place >= limit ? false : input.isFinal ? true : nil
    }

    private func isColon(_ index: Int) -> Bool? {
      switch next(index) {
      case .unknown: nil
      case .none: input.isFinal
      case .byte(let byte, _): byte == ASCII.colon
      }
    }

    /// Whether a key of the shape, with its colon, begins at a quote.
    func isKnownKey(at index: Int, _ shape: TableShape) -> Bool? {
      for column in shape.columns {
        if input.matches(column.key, at: index) { return isColon(index + column.key.count) }
        let available = min(input.end - index, column.key.count)
        if available < column.key.count, !input.isFinal,
          input.bytes(index..<index + available).elementsEqual(column.key.prefix(available))
        {
          return nil
        }
      }
      return false
    }
  }
}
