internal import PlainText

/// How good it is to end a line or a caption behind a word.
///
/// Best behind what ends a sentence, then behind what ends a part of one, then in front of a
/// conjunction; worst behind an article or a preposition, which belong to what follows.
///
/// - Source: Netflix, Timed Text Style Guide, General Requirements, "Line Treatment".
enum CaptionBreak {
  /// The rank of the place between two words: 3 behind a sentence, 2 behind a part, 1 before a conjunction, -1
  /// behind a word that leans on the next, 0 elsewhere.
  ///
  /// - Parameters:
  ///   - word: The UTF-8 in front of it.
  ///   - next: The UTF-8 of the word behind it.
  static func rank(
    _ word: UnsafeBufferPointer<UInt8>,
    _ next: UnsafeBufferPointer<UInt8>,
    _ small: SmallWords
  ) -> Int {
    var end = word.count
    while let (scalar, start) = last(word, end), isCloser(scalar) { end = start }
    if let (scalar, start) = last(word, end) {
      switch scalar {
      case 0x2E: if endsSentence(word, start, next) { return 3 }
      case 0x3F, 0x21, 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0xFF61, 0x61F, 0x6D4, 0x964, 0x965,
        0x203C, 0x203D, 0x2047, 0x2048, 0x2049, 0x17D4, 0x104B:
        return 3
      case 0x2C, 0x3B, 0x3A, 0x3001, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF64, 0x60C, 0x61B, 0x104A, 0x37E,
        0x2013, 0x2014:
        return 2
      default: break
      }
    }
    if small.conjunctions.contains(next) { return 1 }
    return small.leaning.contains(word) ? -1 : 0
  }

  /// Whether the dot at a place ends a sentence, and not a short form or an initial.
  private static func endsSentence(
    _ word: UnsafeBufferPointer<UInt8>,
    _ dot: Int,
    _ next: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if let first = next.first, (0x61...0x7A).contains(first) { return false }
    if dot == 1, (0x41...0x5A).contains(word[0]) { return false }
    guard dot <= 4 else { return true }
    return !shortForms.contains(SmallWords.packed(.init(rebasing: word[..<dot])))
  }

  private static let shortForms = Set(
    [
      "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Nr", "Hr", "Fr", "Mme", "Mlle", "Sr", "Sra", "Jr",
      "vs",
    ]
    .map(SmallWords.packed)
  )

  private static func isCloser(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x29, 0x5D, 0x7D, 0x2019, 0x201D, 0xBB, 0x203A, 0x300D, 0x300F, 0x3011, 0xFF09,
      0x300B, 0x3009:
      return true
    default: return false
    }
  }

  /// The scalar that ends at a place, and where it begins.
  private static func last(
    _ word: UnsafeBufferPointer<UInt8>,
    _ end: Int
  ) -> (scalar: UInt32, start: Int)? {
    guard end > 0 else { return nil }
    var start = end - 1
    if word[start] < 0x80 { return (UInt32(word[start]), start) }
    while start > 0, word[start] & 0xC0 == 0x80 { start -= 1 }
    var scalar = UInt32(word[start]) & (end - start == 2 ? 0x1F : end - start == 3 ? 0x0F : 0x07)
    for index in (start + 1)..<max(end, start + 1) {
      scalar = scalar << 6 | UInt32(word[index] & 0x3F)
    }
    return (scalar, start)
  }
}

/// The small words that decide where lines end, in small letters.
struct SmallWords {
  /// Those that a part of a sentence begins with.
  let conjunctions: List
  /// Articles, prepositions and the like, which no line should end with.
  let leaning: List

  /// The words of a language; for one that is not known the longer ones of all, since short ones mean too much
  /// else.
  init(language: String?) {
    conjunctions = List(Self.conjunctions, language, shortest: 3)
    leaning = List(Self.leaning, language, shortest: 2)
  }

  /// The languages that have words of their own.
  static var languages: some Collection<String> { conjunctions.keys }

  /// By language; the report's script has the same.
  private static let conjunctions: [String: [String]] = [
    "de": ["und", "oder", "aber", "weil", "dass", "wenn", "denn", "sondern", "obwohl", "damit"],
    "en": ["and", "but", "or", "because", "so", "if", "when", "which", "that", "while", "until"],
    "es": ["y", "o", "pero", "porque", "que", "si", "cuando", "aunque", "sino"],
    "fr": ["et", "ou", "mais", "parce", "que", "car", "donc", "quand", "lorsque", "si"],
    "it": ["e", "o", "ma", "perché", "che", "se", "quando", "anche", "però"],
    "nl": ["en", "of", "maar", "omdat", "dat", "want", "als", "toen"],
    "pl": ["i", "a", "ale", "lub", "bo", "że", "gdy", "kiedy", "który"],
    "pt": ["e", "ou", "mas", "porque", "que", "se", "quando", "embora"],
    "ru": ["и", "а", "но", "или", "что", "если", "когда", "потому"],
    "uk": ["і", "та", "але", "або", "що", "якщо", "коли", "бо"],
  ]

  /// By language; the report's script has the same.
  private static let leaning: [String: [String]] = [
    "de": [
      "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "im",
      "am",
      "auf", "für", "mit", "von", "zu", "zum", "zur",
    ],
    "en": [
      "a", "an", "the", "of", "to", "in", "on", "at", "for", "with", "by", "from", "my", "your",
      "his", "its", "our", "their",
    ],
    "es": ["el", "la", "los", "las", "un", "una", "de", "del", "al", "en", "con", "por", "para"],
    "fr": ["le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "dans", "avec", "pour"],
    "it": ["il", "lo", "la", "gli", "le", "un", "una", "di", "del", "della", "in", "con", "per"],
    "nl": ["de", "het", "een", "van", "in", "op", "met", "voor"],
    "pl": ["w", "na", "z", "do", "po", "za", "od"],
    "pt": ["o", "a", "os", "as", "um", "uma", "de", "do", "da", "em", "no", "na", "com", "por"],
    "ru": ["в", "на", "с", "к", "по", "из", "за", "от", "для", "не"],
    "uk": ["в", "у", "на", "з", "до", "по", "за", "від", "для", "не"],
  ]

  /// A number for each word of at most sixteen bytes.
  static func packed(_ word: UnsafeBufferPointer<UInt8>) -> UInt128 {
    word.reduce(0) { $0 << 8 | UInt128($1) }
  }

  fileprivate static func packed(_ word: String) -> UInt128 {
    Array(word.utf8).withUnsafeBufferPointer(packed)
  }

  /// Words that are looked up in no time.
  struct List {
    /// Those that begin with each byte.
    private let words: [[UInt128]]
    /// The lengths, as bits, that a word which begins with a byte may have: a look that spares most others.
    private let lengths: [UInt32]

    /// The words of a language; for one that is not known those of all from a number of letters on.
    fileprivate init(_ all: [String: [String]], _ language: String?, shortest: Int) {
      let language = language?.lowercased().prefix { $0 != "-" && $0 != "_" }
      let list =
        language.flatMap { all[String($0)] }
        ?? (language == nil
          ? all.values.joined().filter { $0.unicodeScalars.count >= shortest } : [])
      var words = [[UInt128]](repeating: [], count: 256)
      var lengths = [UInt32](repeating: 0, count: 256)
      for word in list {
        guard let byte = word.utf8.first.map(Int.init) else { continue }
        words[byte].append(packed(word))
        lengths[byte] |= 1 << word.utf8.count
      }
      (self.words, self.lengths) = (words, lengths)
    }

    func contains(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
      // The longest take sixteen bytes; a shift beyond the bits gives none.
      guard let first = word.first, lengths[Int(first)] & 1 << word.count != 0 else { return false }
      return words[Int(first)].contains(packed(word))
    }
  }
}
