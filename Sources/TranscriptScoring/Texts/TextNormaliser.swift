internal import UnicodeText

/// What is done to texts before their words are compared; it decides more than most models do, so a
/// score always states it.
public struct TextNormaliser: Hashable, Sendable {
  /// What it is called on the command line and in results.
  public let name: String
  /// What becomes of words, as the end of a sentence that begins "words are".
  public let summary: String

  /// Words as they stand, parted at blanks; case and punctuation count.
  public static let none = TextNormaliser(
    name: "none",
    summary: "parted at blanks; case and punctuation count"
  )
  /// What Whisper's basic normaliser does.
  public static let basic = TextNormaliser(
    name: "basic",
    summary: "in lower case, without brackets, marks, symbols and punctuation, parted at blanks"
  )
  /// Unicode's compatibility form, case folded, words by ICU's breaks.
  public static let words = TextNormaliser(
    name: "words",
    summary: "in NFKC, case folded, parted by ICU's rules and dictionaries, without punctuation"
  )

  /// What Whisper's English normaliser does.
  public static let english = TextNormaliser(
    name: "english",
    summary: "English with contractions written out, numbers in figures and American spelling, "
      + "without fillers, brackets, accents and punctuation"
  )

  /// All of them, the plainest first.
  public static let all = [none, basic, words, english]

  /// The words of a text that are compared.
  public func words(of text: String) -> [Substring] {
    switch self {
    case .basic: Self.basic(text).betweenBlanks()
    case .words: TextBreaker(.word).words(of: Self.folded(text))
    case .english: EnglishNormaliser.normalised(text).betweenBlanks()
    default: text.betweenBlanks()
    }
  }

  /// The utterances with their words parted by single blanks.
  public func normalised(_ utterances: [Utterance]) -> [Utterance] {
    let breaker = self == .words ? TextBreaker(.word) : nil
    return utterances.map { utterance in
      var utterance = utterance
      let words = breaker?.words(of: Self.folded(utterance.text)) ?? words(of: utterance.text)
      utterance.text = words.joined(separator: " ")
      return utterance
    }
  }

  /// Accents stay, other than in a search: a word without its accents is another one.
  private static func folded(_ text: String) -> String {
    UnicodeForm.caseFolded(UnicodeForm.compatibilityComposed(text))
  }

  private static func basic(_ text: String) -> String {
    let bare = text.lowercased()
      .replacing(/[<\[][^>\]]*[>\]]/, with: "")
      .replacing(/\([^)]+?\)/, with: "")
    var cleaned = String.UnicodeScalarView()
    for scalar in UnicodeForm.compatibilityComposed(bare).unicodeScalars {
      cleaned.append(isSign(scalar) ? " " : scalar)
    }
    return String(cleaned).lowercased()
  }

  /// Whether a character is a mark, a symbol or punctuation.
  static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol, .connectorPunctuation, .dashPunctuation, .openPunctuation,
      .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
