internal import UnicodeText

/// A person's name in a form in which spellings of the same name are equal: titles, accents, case,
/// punctuation and the order of its parts do not count.
public struct PersonName: Hashable, Sendable {
  private let parts: [String]

  /// Titles and degrees, in the languages that transcripts here are mostly in.
  private static let titles: Set<String> = [
    "dr", "prof", "professor", "professorin", "doctor", "mr", "mrs", "ms", "miss", "mister", "sir",
    "dame", "lord", "lady", "hon", "honorable", "honourable", "rev", "reverend", "fr", "sr", "jr",
    "phd", "md", "msc", "herr", "frau", "monsieur", "madame", "mme", "mlle", "senor", "senora",
    "signor", "signora", "don", "dona",
  ]

  private static let apostrophes: Set<Unicode.Scalar> = [
    "'", "\u{2018}", "\u{2019}", "\u{02BB}", "\u{02BC}",
  ]

  /// The name in a label; `nil` when it names nobody: `Speaker 1`, `SPEAKER_00`, `[voice 3]`, `A`,
  /// `?`, `unknown`.
  public init?(_ label: String) {
    let folded = SearchFolding.folded(label)
    guard !folded.hasPrefix("["), !folded.hasPrefix("<") else { return nil }
    var bare = String.UnicodeScalarView()
    for scalar in folded.unicodeScalars {
      switch scalar.properties.generalCategory {
      // O'Brien and O’Brien are one word, "Smith, Ann" and Jean-Luc are two.
      case _ where Self.apostrophes.contains(scalar): continue
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber, .nonspacingMark, .spacingMark:
        bare.append(scalar)
      default: bare.append(" ")
      }
    }
    let all = String(bare).split(separator: " ").map(String.init)
    let parts = all.filter { !Self.titles.contains($0) }.sorted()
    guard !parts.isEmpty, !Self.isAnonymous(parts) else { return nil }
    self.parts = parts
  }

  private static func isAnonymous(_ parts: [String]) -> Bool {
    let kinds: Set<String> = [
      "speaker", "spk", "spkr", "voice", "unknown", "unidentified", "channel", "inconnu",
      "sprecher",
      "locuteur",
    ]
    return parts.allSatisfy { part in
      let word = part.filter { !$0.isNumber }
      return kinds.contains(word) || (word.count < 2 && word.unicodeScalars.allSatisfy(\.isASCII))
    }
  }
}
