/// What speaks for the language of a text: its script, or its most common words.
///
/// Good enough to sort texts of some length; a few words say little.
package struct LanguageVotes {
  private var counts: [String: Int] = [:]

  /// Nothing was counted yet.
  package init() {}

  /// Counts what a text says: in another script than Latin as much as a sentence of common words.
  package mutating func add(_ text: String) {
    if let language = Self.language(byScriptOf: text) {
      counts[language, default: 0] += 4
      return
    }
    for (language, count) in Self.votes(text) { counts[language, default: 0] += count }
  }

  /// The language with most votes, such as `en`; `nil` without any.
  package var language: String? {
    counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

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

  /// The languages in which each word is common.
  private static let languagesOfWords = words.reduce(into: [String: [String]]()) { all, entry in
    for word in entry.words { all[word, default: []].append(entry.language) }
  }

  /// How many words of a text are common in each language.
  package static func votes(_ text: String) -> [String: Int] {
    var votes: [String: Int] = [:]
    func count(_ word: String) {
      for language in languagesOfWords[word] ?? [] { votes[language, default: 0] += 1 }
    }
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) { count(String(word)) }
      return votes
    }
    for word in text.utf8.split(whereSeparator: { ($0 | 0x20) &- UInt8(ascii: "a") >= 26 }) {
      count(String(decoding: word.map { $0 | 0x20 }, as: UTF8.self))
    }
    return votes
  }

  /// The language that is written most in each script that is not Latin.
  private static let languages = [
    "Grek": "el", "Cyrl": "ru", "Hebr": "he", "Arab": "ar", "Deva": "hi", "Beng": "bn",
    "Taml": "ta",
    "Telu": "te", "Thai": "th", "Hira": "ja", "Kana": "ja", "Hani": "zh", "Hang": "ko",
  ]

  /// The most likely language of a text in a script that is not Latin; `nil` for others.
  package static func language(byScriptOf text: String) -> String? {
    var counts: [String: Int] = [:]
    // Most letters of most texts.
    let plain = text.utf8.count { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
    if plain > 0 { counts[""] = plain }
    for scalar in text.unicodeScalars where !scalar.isASCII && scalar.properties.isAlphabetic {
      let language = TextScript(of: scalar).flatMap { languages[$0.code] } ?? ""
      counts[language, default: 0] += 1
    }
    // Japanese is written with Chinese characters too.
    if counts["ja"] != nil { return "ja" }
    let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    return best.isEmpty ? nil : best
  }
}
