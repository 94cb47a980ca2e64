internal import UnicodeText

/// Words of a user that texts are searched for: all of some phrases.
struct MatchExpression: Hashable {
  /// The most terms; a longer search is a mistake, and would be slow.
  static let mostTerms = 64

  /// What a text has to hold; nothing when there is no word to search for.
  let phrases: [Phrase]

  /// - Parameter completes: Whether every term may be the beginning of a word.
  init(_ words: String, completes: Bool = false) throws(RunStoreError) {
    let terms = Self.terms(words).filter(\.hasWord)
    guard terms.count <= Self.mostTerms else {
      throw RunStoreError(
        .invalidQuery,
        "The search has \(terms.count) words; \(Self.mostTerms) can be searched for at once.",
        remedy: "Search for fewer words."
      )
    }
    phrases = terms.map { term in
      Phrase(
        text: term.text,
        words: SearchWords.all(in: term.text),
        isBeginning: term.isBeginning || completes
      )
    }
  }

  /// A search for one phrase.
  init(_ phrase: Phrase) { phrases = [phrase] }

  /// Where the words stand in a text: ranges of bytes of its UTF-8, in order, none overlapping.
  func matches(in text: String) -> [Range<Int>] {
    let words = SearchWords.all(in: text)
    let found = phrases.flatMap { $0.matches(in: words) }
      .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return found.reduce(into: []) { ranges, range in
      if let last = ranges.last, range.lowerBound < last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
  }

  /// Words that follow each other.
  struct Phrase: Hashable {
    /// As it was typed, without a quotation mark and NUL: FTS5 takes it apart by itself.
    let text: String
    let words: [SearchWords.Word]
    /// Whether the last may be the beginning of a word.
    let isBeginning: Bool

    func matches(in text: [SearchWords.Word]) -> [Range<Int>] {
      guard !words.isEmpty, words.count <= text.count else { return [] }
      return (0...(text.count - words.count)).compactMap { start in
        let last = start + words.count - 1
        let fits = words.indices.allSatisfy { index in
          let (wanted, found) = (words[index].folded, text[start + index].folded)
          return wanted == found
            || isBeginning && start + index == last && found.utf8.starts(with: wanted.utf8)
        }
        return fits ? text[start].range.lowerBound..<text[last].range.upperBound : nil
      }
    }
  }

  private struct Term {
    var text = ""
    var isBeginning = false

    /// Whether the index sees a word in it: a letter, a number or a character of private use.
    var hasWord: Bool {
      text.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .decimalNumber, .letterNumber, .otherNumber, .privateUse:
          true
        default: false
        }
      }
    }
  }

  private static let quotes: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "«", "»"]

  /// Words parted by blanks, or by quotation marks, which keep words together.
  ///
  /// Scalar by scalar, as the index reads: with an accent of its own, a quotation mark would be
  /// another character and stay in the term.
  private static func terms(_ words: String) -> [Term] {
    var terms: [Term] = []
    var term = Term()
    var isQuoted = false
    func close() {
      terms.append(term)
      term = Term()
    }
    for scalar in words.unicodeScalars {
      if quotes.contains(scalar) {
        close()
        isQuoted.toggle()
      } else if scalar == "\0" || scalar.properties.isWhitespace, !isQuoted {
        close()
      } else if scalar == "*" {
        markBeginning(&term, &terms)
        if !isQuoted { close() }
      } else {
        term.text.unicodeScalars.append(scalar == "\0" ? " " : scalar)
      }
    }
    close()
    return terms
  }

  /// A star after a word, or right after the closing quotation mark, makes it a beginning.
  private static func markBeginning(_ term: inout Term, _ terms: inout [Term]) {
    if term.text.isEmpty, let last = terms.indices.last {
      terms[last].isBeginning = true
    } else {
      term.isBeginning = true
    }
  }
}
