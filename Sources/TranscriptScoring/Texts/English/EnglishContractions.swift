internal import UnicodeText

/// Writes contractions and titles out and leaves fillers away, as Whisper's normaliser does.
struct EnglishContractions {
  private typealias Part = ArraySlice<Unicode.Scalar>

  private var parts: [Part]
  private var result: [Unicode.Scalar] = []

  /// The text, which is in lower case, with its contractions written out.
  static func writtenOut(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let spoken = parts(of: text).lazy.filter { !fillers.contains(ShortWord($0)) }.joined()
    var writer = EnglishContractions(parts: parts(of: withApostrophesJoined(spoken)))
    writer.result.reserveCapacity(text.count + 64)
    var index = 0
    while index < writer.parts.count { index += writer.write(at: index) }
    return writer.result
  }

  /// Runs of word characters, and each other character by itself.
  private static func parts(of text: [Unicode.Scalar]) -> [Part] {
    var parts: [Part] = []
    var start = 0
    for index in text.indices where !EnglishNormaliser.isWordScalar(text[index]) {
      if start < index { parts.append(text[start..<index]) }
      parts.append(text[index...index])
      start = index + 1
    }
    if start < text.count { parts.append(text[start...]) }
    return parts
  }

  /// The text without blanks before apostrophes.
  private static func withApostrophesJoined(
    _ text: some Sequence<Unicode.Scalar>
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in text {
      if scalar == "'" {
        while let last = result.last, last.isBlank { result.removeLast() }
      }
      result.append(scalar)
    }
    return result
  }

  /// Writes what begins with a part, and says of how many parts that was.
  private mutating func write(at index: Int) -> Int {
    if isApostrophe(index) {
      let letters = word(index + 1)
      if let perfect = Self.perfects[letters], isBlank(index + 2),
        perfect.participles.contains(word(index + 3))
      {
        result += perfect.words
        return 3
      }
      result += Self.endings[letters] ?? "'".unicodeScalars
      return Self.endings[letters] == nil ? 1 : 2
    }
    let first = word(index)
    if isApostrophe(index + 1) {
      let ending = word(index + 2)
      if let whole = Self.contractions[first], whole.ending == ending {
        result += whole.words
        return 3
      }
      if ending == "t", parts[index].last == "n", Self.words[first] == nil {
        result += parts[index].dropLast()
        result += " not".unicodeScalars
        return 3
      }
    }
    if let written = Self.words[first] { result += written } else { result += parts[index] }
    return 1
  }

  private func word(_ index: Int) -> ShortWord {
    index < parts.count ? ShortWord(parts[index]) : ""
  }

  private func isApostrophe(_ index: Int) -> Bool {
    index < parts.count && parts[index].first == "'"
  }

  private func isBlank(_ index: Int) -> Bool { index < parts.count && parts[index].first == " " }

  // MARK: Words

  private static let fillers: Set<ShortWord> = ["hmm", "mm", "mhm", "mmm", "uh", "um"]

  /// Words before an apostrophe, the letters behind it, and what both are together.
  private static let contractions:
    [ShortWord: (ending: ShortWord, words: String.UnicodeScalarView)] =
      [
        "won": ("t", "will not".unicodeScalars), "can": ("t", "can not".unicodeScalars),
        "let": ("s", "let us".unicodeScalars), "ain": ("t", "aint".unicodeScalars),
        "y": ("all", "you all".unicodeScalars), "i": ("ma", "i am going to".unicodeScalars),
        "ma": ("am", "madam".unicodeScalars),
      ]

  /// What letters behind an apostrophe are before a blank and a participle.
  private static let perfects:
    [ShortWord: (words: String.UnicodeScalarView, participles: Set<ShortWord>)] = [
      "d": (" had ".unicodeScalars, ["been", "gone", "done"]),
      "s": (" has ".unicodeScalars, ["been", "gone", "got", "gotta"]),
    ]

  /// What letters behind an apostrophe are otherwise.
  private static let endings: [ShortWord: String.UnicodeScalarView] = [
    "re": " are", "s": " is", "d": " would", "ll": " will", "t": " not", "ve": " have", "m": " am",
  ].mapValues(\.unicodeScalars)

  /// Casual words, and titles, which get a blank behind them.
  private static let words: [ShortWord: String.UnicodeScalarView] = [
    "wanna": "want to", "kinda": "kind of", "sorta": "sort of", "dunno": "do not know",
    "gotta": "got to", "gonna": "going to", "imma": "i am going to", "woulda": "would have",
    "coulda": "could have", "shoulda": "should have", "cause": "because", "mr": "mister ",
    "mrs": "missus ", "st": "saint ", "dr": "doctor ", "prof": "professor ", "capt": "captain ",
    "gov": "governor ", "ald": "alderman ", "gen": "general ", "sen": "senator ",
    "rep": "representative ", "pres": "president ", "rev": "reverend ", "hon": "honorable ",
    "asst": "assistant ", "assoc": "associate ", "lt": "lieutenant ", "col": "colonel ",
    "jr": "junior ", "sr": "senior ", "esq": "esquire ",
  ].mapValues(\.unicodeScalars)
}

/// A word of up to eight ASCII letters, in a form that is fast to look up; all others are one.
private struct ShortWord: Hashable, ExpressibleByStringLiteral {
  private var letters: UInt64 = 0

  init(_ word: some Collection<Unicode.Scalar>) {
    guard word.count <= 8, word.allSatisfy(\.isASCII) else { return }
    for scalar in word { letters = letters << 8 | UInt64(scalar.value) }
  }

  init(stringLiteral value: String) { self.init(value.unicodeScalars) }
}
