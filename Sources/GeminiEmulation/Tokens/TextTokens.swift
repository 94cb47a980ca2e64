/// Counts the tokens of a text as it is read, to within a tenth of what recorded answers of the service
/// say of theirs.
///
/// A word is a token, and each ten letters of a long one are another; so is each digit, the blank before
/// a number, each sign of a script without blanks, and each run of marks, of further blanks and of line
/// breaks.
struct TextTokens: Sendable {
  private static let lettersOfToken = 10

  /// The tokens of what was read.
  private(set) var count = 0
  private var letters = 0
  private var last: Kind?

  /// The tokens of a text.
  static func count(_ text: String) -> Int {
    var tokens = TextTokens()
    tokens.read(text)
    return tokens.count
  }

  /// The beginning of a text that has so many tokens at most.
  static func beginning(of text: String, holding limit: Int) -> Substring {
    var tokens = TextTokens()
    let scalars = text.unicodeScalars
    let end = scalars.indices.first { index in
      tokens.read(scalars[index])
      return tokens.count > limit
    }
    return text[..<(end ?? scalars.endIndex)]
  }

  /// Goes on with what follows what was read.
  mutating func read(_ text: some StringProtocol) {
    for scalar in text.unicodeScalars { read(scalar) }
  }

  private mutating func read(_ scalar: Unicode.Scalar) {
    let kind = Kind(scalar)
    switch kind {
    case .letter:
      letters = last == .letter ? letters + 1 : 1
      if letters == 1 || letters.isMultiple(of: Self.lettersOfToken) { count += 1 }
    case .digit: count += last == .blank ? 2 : 1
    case .syllable: count += 1
    case .blank:
      if last == .blank { count += 1 }
      // The rest of the run adds nothing.
      if last == .blank || last == .blanks {
        last = .blanks
        return
      }
    case .blanks: break
    case .line, .mark: if kind != last { count += 1 }
    }
    last = kind
  }

  /// What a character is, as far as tokens go.
  private enum Kind {
    case letter, digit, syllable, line, mark, blank
    /// Several blanks.
    case blanks

    init(_ scalar: Unicode.Scalar) {
      switch scalar {
      case "a"..."z", "A"..."Z": self = .letter
      case " ", "\t", "\u{A0}": self = .blank
      case "0"..."9": self = .digit
      case "\n", "\r": self = .line
      case ..."\u{BF}": self = .mark
      // Kana and Hangul.
      case "\u{3041}"..."\u{30FF}", "\u{AC00}"..."\u{D7AF}": self = .syllable
      default:
        let properties = scalar.properties
        let isLetter =
          properties.isAlphabetic || properties.canonicalCombiningClass != .notReordered
        self = properties.isIdeographic ? .syllable : isLetter ? .letter : .mark
      }
    }
  }
}
