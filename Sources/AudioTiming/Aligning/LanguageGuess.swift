internal import UnicodeText

/// Guesses the language of rows from their script and their most common words, and from their neighbours: a row
/// of two words says little.
enum LanguageGuess {
  /// How many neighbours on either side have a say.
  private static let reach = 8
  /// What a row's own words count against those of a neighbour.
  private static let ownWeight = 4

  /// Words that are common in one language and rare in the others.
  private static let words: [(language: String, words: Set<String>)] = [
    (
      "en",
      [
        "the", "and", "you", "is", "of", "to", "that", "it", "was", "for", "are", "with", "this",
        "have", "not", "your", "please",
      ]
    ),
    (
      "fr",
      [
        "le", "les", "et", "vous", "est", "des", "une", "pour", "que", "dans", "je", "pas", "sur",
        "ce", "du", "votre", "appuyez",
      ]
    ),
    (
      "es",
      [
        "el", "los", "y", "es", "una", "por", "para", "que", "con", "usted", "del", "las", "su",
        "se", "está", "pero", "como",
      ]
    ),
    (
      "it",
      [
        "il", "di", "che", "per", "è", "non", "gli", "una", "della", "sono", "con", "si", "nel",
        "ma", "questo", "del", "premere",
      ]
    ),
    (
      "de",
      [
        "der", "die", "und", "das", "ist", "nicht", "ich", "ein", "eine", "mit", "den", "wir", "zu",
        "sie", "auf", "für", "auch",
      ]
    ),
    (
      "pt",
      [
        "o", "os", "um", "uma", "não", "é", "que", "do", "da", "com", "para", "em", "você", "mais",
        "isso", "ao", "são",
      ]
    ),
    (
      "nl",
      [
        "de", "het", "een", "en", "van", "ik", "niet", "dat", "je", "op", "zijn", "voor", "maar",
        "ook", "wij", "met", "naar",
      ]
    ),
    (
      "pl",
      [
        "i", "w", "nie", "na", "się", "to", "jest", "że", "z", "do", "jak", "ale", "co", "tak",
        "od", "przez", "był",
      ]
    ),
    (
      "sv",
      [
        "och", "att", "det", "som", "en", "är", "jag", "på", "inte", "för", "med", "av", "den",
        "har", "vi", "ett", "om",
      ]
    ),
    (
      "tr",
      [
        "ve", "bir", "bu", "için", "çok", "ne", "da", "de", "ile", "ben", "var", "mi", "daha",
        "gibi", "olarak", "ama", "o",
      ]
    ),
  ]

  /// The language of each row: the one that it states, else the one guessed.
  static func languages(of rows: [SpokenRow]) -> [String] {
    let all = rows.map { $0.language == nil ? votes($0.text) : [:] }
    return rows.indices.map { row in
      if let stated = rows[row].language { return stated }
      if let script = script(rows[row].text) { return script }
      var sums: [String: Int] = [:]
      for other in max(0, row - reach)...min(rows.count - 1, row + reach) {
        for (language, count) in all[other] {
          sums[language, default: 0] += count * (other == row ? ownWeight : 1)
        }
      }
      return sums.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "en"
    }
  }

  private static func votes(_ text: String) -> [String: Int] {
    let found = text.lowercased().split { !$0.isLetter }.map(String.init)
    var votes: [String: Int] = [:]
    for (language, words) in words {
      let count = found.count { words.contains($0) }
      if count > 0 { votes[language] = count }
    }
    return votes
  }

  /// The language that is written most in each script that is not Latin.
  private static let languages = [
    "Grek": "el", "Cyrl": "ru", "Hebr": "he", "Arab": "ar", "Deva": "hi", "Beng": "bn",
    "Taml": "ta",
    "Telu": "te", "Thai": "th", "Hira": "ja", "Kana": "ja", "Hani": "zh", "Hang": "ko",
  ]

  /// The most likely language of a script that is not Latin.
  private static func script(_ text: String) -> String? {
    var counts: [String: Int] = [:]
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      let language = TextScript(of: scalar).flatMap { languages[$0.code] } ?? ""
      counts[language, default: 0] += 1
    }
    // Japanese is written with Chinese characters too.
    if counts["ja"] != nil { return "ja" }
    let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    return best.isEmpty ? nil : best
  }
}
