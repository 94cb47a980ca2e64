/// Cuts JSON into tokens, also JSON as models write it, and stops wherever more bytes must arrive
/// to decide.
///
/// The state between two calls is the position of the next token and how far it was examined, so
/// that no byte is examined again and again however small the pieces are.
struct JSONScanner {
  /// Where the next token, or the space before it, begins.
  var position = 0
  /// How far the token at `position` has been examined.
  private var resume = 0
  /// What is known of the string at `position` so far.
  private var traits: RawCell.Traits = []

  /// What the scanner must know of its surroundings.
  struct Context {
    /// Whether a key of an object is due.
    var isKey: Bool
    /// Whether the innermost open bracket is a brace.
    var isObject: Bool
    /// The columns of the row being read: a key among them shows that a quote is missing.
    var shape: TableShape?
  }

  /// The next token; `nil` when the bytes that arrived do not hold all of it.
  mutating func next(
    _ input: Input,
    _ context: Context,
    _ note: (Oddity, Range<Int>) -> Void
  ) -> JSONToken? {
    while true {
      if resume <= position { position = input.afterSpace(position) }
      guard position < input.end else { return nil }
      let start = position
      switch input[start] {
      case ASCII.openBrace: return single(.openBrace)
      case ASCII.closeBrace: return single(.closeBrace)
      case ASCII.openBracket: return single(.openBracket)
      case ASCII.closeBracket: return single(.closeBracket)
      case ASCII.colon: return single(.colon)
      case ASCII.comma: return single(.comma)
      case ASCII.slash, UInt8(ascii: "#"), ASCII.backtick:
        guard let skipped = skipAside(input) else { return nil }
        guard let oddity = skipped else { return bare(input, context) }
        note(oddity, start..<position)
      default:
        guard let quote = JSONQuote(at: start, input) else { return bare(input, context) }
        return string(quote, input, context)
      }
    }
  }

  private mutating func single(_ kind: JSONToken.Kind) -> JSONToken {
    position += 1
    return JSONToken(kind: kind, start: position - 1)
  }

  private mutating func token(_ cell: RawCell, end: Int) -> JSONToken {
    let start = position
    position = end
    resume = 0
    traits = []
    return JSONToken(kind: .scalar, start: start, cell: cell)
  }

  // MARK: Comments and fences

  /// Skips a comment or a run of backticks; the inner value is `nil` when it is none, the outer
  /// one when its end has not arrived.
  private mutating func skipAside(_ input: Input) -> Oddity?? {
    let start = position
    guard start + 1 < input.end || input.isFinal || input[start] == UInt8(ascii: "#") else {
      return .none
    }
    let second = start + 1 < input.end ? input[start + 1] : 0
    switch (input[start], second) {
    case (ASCII.backtick, _):
      position += 1
      return .some(.fenced)
    case (ASCII.slash, UInt8(ascii: "*")): return skipBlockComment(input)
    case (ASCII.slash, ASCII.slash), (UInt8(ascii: "#"), _): return skipLineComment(input)
    default: return .some(nil)
    }
  }

  private mutating func skipLineComment(_ input: Input) -> Oddity?? {
    let from = max(resume, position)
    guard let end = input.firstIndex(of: ASCII.newline, in: from..<input.end) else {
      resume = input.end
      if input.isFinal { position = input.end }
      return .none
    }
    return finishAside(at: end)
  }

  private mutating func skipBlockComment(_ input: Input) -> Oddity?? {
    var from = max(resume, position + 2)
    while let star = input.firstIndex(of: UInt8(ascii: "*"), in: min(from, input.end)..<input.end) {
      guard star + 1 < input.end else { break }
      if input[star + 1] == ASCII.slash { return finishAside(at: star + 2) }
      from = star + 1
    }
    resume = max(position + 2, input.end - 1)
    if input.isFinal { position = input.end }
    return .none
  }

  private mutating func finishAside(at end: Int) -> Oddity?? {
    position = end
    resume = 0
    return .some(.comment)
  }

  // MARK: Words and numbers

  private mutating func bare(_ input: Input, _ context: Context) -> JSONToken? {
    var end = max(resume, position + 1)
    while end < input.end, !Self.endsBare(input[end], context) { end += 1 }
    guard end < input.end || input.isFinal else {
      resume = end
      return nil
    }
    if let comment = Self.comment(in: position..<end, input) { end = comment }
    let range = input.trimmed(position..<end)
    return token(Self.classified(range, input), end: end)
  }

  private static func endsBare(_ byte: UInt8, _ context: Context) -> Bool {
    switch byte {
    case ASCII.comma, ASCII.closeBrace, ASCII.closeBracket, ASCII.newline, ASCII.quote,
      ASCII.openBrace, ASCII.openBracket:
      true
    case ASCII.colon, ASCII.space, ASCII.tab: context.isKey
    default: false
    }
  }

  private static func comment(in range: Range<Int>, _ input: Input) -> Int? {
    range.dropFirst().first { index in
      index + 1 < range.upperBound && input[index] == ASCII.slash && Input.isSpace(input[index - 1])
        && (input[index + 1] == ASCII.slash || input[index + 1] == UInt8(ascii: "*"))
    }
  }

  /// The words of Python and JavaScript that stand for a value, beside those of JSON.
  private static let words: [Word] = [
    Word("true", .isTrue), Word("false", .isFalse), Word("null", .null),
    Word("True", .isTrue, isForeign: true), Word("False", .isFalse, isForeign: true),
    Word("None", .null, isForeign: true), Word("NaN", .null, isForeign: true),
    Word("undefined", .null, isForeign: true), Word("nil", .null, isForeign: true),
  ]

  private struct Word {
    let bytes: [UInt8]
    let form: RawCell.Form
    let isForeign: Bool

    init(_ word: String, _ form: RawCell.Form, isForeign: Bool = false) {
      bytes = Array(word.utf8)
      self.form = form
      self.isForeign = isForeign
    }
  }

  private static func classified(_ range: Range<Int>, _ input: Input) -> RawCell {
    let text = input.bytes(range)
    if WrittenNumber.isNumber(text[...]) {
      return RawCell(.number, range.lowerBound, range.upperBound)
    }
    if let word = words.first(where: { text.elementsEqual($0.bytes) }) {
      let traits: RawCell.Traits = word.isForeign ? .foreignWord : []
      return RawCell(word.form, range.lowerBound, range.upperBound, traits)
    }
    let isBeyond = text.contains { $0 >= 0x80 }
    return RawCell(.bare, range.lowerBound, range.upperBound, isBeyond ? .beyondASCII : [])
  }

  // MARK: Strings

  private mutating func string(
    _ quote: JSONQuote,
    _ input: Input,
    _ context: Context
  ) -> JSONToken? {
    let content = position + quote.length
    var index = max(resume, content)
    if quote.isOdd { traits.insert(.oddQuotes) }
    while let stop = quote.nextStop(input, from: index, &traits) {
      switch input[stop] {
      case ASCII.backslash:
        traits.insert(.jsonEscapes)
        guard stop + 1 < input.end else { return wait(at: stop) }
        // A character beyond ASCII is looked at as such, and not skipped with the backslash.
        index = stop + (input[stop + 1] < 0x80 ? 2 : 1)
      case ..<0x20:
        traits.insert(.controls)
        index = stop + 1
      default:
        let length = quote.closingLength(at: stop, input)
        let end = StringEnd(input, context, content: content, quote: stop, length: length)
        switch end.verdict {
        case .closes:
          return token(RawCell(.quoted, content, stop, traits), end: stop + length)
        case .closedBefore(let textEnd):
          traits.insert(.unclosed)
          return token(RawCell(.quoted, content, textEnd, traits), end: textEnd)
        case .isText:
          traits.insert(.innerQuotes)
          index = stop + length
        case .waits: return wait(at: stop)
        }
      }
    }
    // A typographic quote may have arrived in part; what was read of an escape stays read.
    return wait(at: max(index, input.end - (quote.isOdd ? 2 : 0)))
  }

  private mutating func wait(at index: Int) -> JSONToken? {
    resume = max(index, position + 1)
    return nil
  }
}
