internal import UnicodeText

/// How well words that a model says it has copied agree with what a transcript has.
struct QuoteMatch: Hashable {
  /// `0...1`: 1 for the same characters, 0.99 for the same words with other signs or capitals, else the
  /// words that both have in order to those of the longer one.
  let score: Double
  /// The transcript's own words, where they are the same words.
  let words: String?
  /// The row in which they begin, as a position; that which was named for words that were not found.
  let position: Int

  static let least = QuoteScore.least
}

/// How well copied words have to agree with a transcript.
public enum QuoteScore {
  /// The score from which words count as copied: one word in five may be another.
  public static let least = 0.8
}

/// The words of a transcript, to look quotes up in.
struct QuoteFinder {
  /// The most words of a quote that are compared one by one; longer ones have to be copied.
  private static let longest = 400
  /// Rows that a quote may run over.
  private static let rowsAtOnce = 4

  private let rows: [NumberedRows.Row]
  private let words: [[String]]

  init(_ rows: NumberedRows) {
    self.rows = rows.rows
    words = rows.rows.map { SearchWords.all(in: $0.text).map(\.folded) }
  }

  /// How well a quote agrees with a row and those behind it.
  func match(_ quote: String, at position: Int) -> QuoteMatch {
    let quote = quote.replacing("&lt;", with: "<")
    let range = position..<min(rows.count, position + Self.rowsAtOnce)
    let wanted = SearchWords.all(in: quote).map(\.folded)
    guard !wanted.isEmpty else { return QuoteMatch(score: 0, words: nil, position: position) }
    if rows[position].text.contains(quote) {
      return QuoteMatch(score: 1, words: quote, position: position)
    }
    let text = rows[range].map(\.text).joined(separator: " ")
    let there = SearchWords.all(in: text)
    if let place = Self.place(of: wanted, in: there.map(\.folded)) {
      let bytes = Array(text.utf8)
      let found = there[place].range.lowerBound..<there[place + wanted.count - 1].range.upperBound
      let isExact = text.contains(quote)
      return QuoteMatch(
        score: isExact ? 1 : 0.99,
        words: isExact ? quote : String(decoding: bytes[found], as: UTF8.self),
        position: row(at: found.lowerBound, from: position)
      )
    }
    guard wanted.count <= Self.longest else {
      return QuoteMatch(score: 0, words: nil, position: position)
    }
    let score = Self.agreement(wanted, there.map(\.folded))
    return QuoteMatch(score: min(0.98, score), words: nil, position: position)
  }

  /// The row that holds a byte of the texts of some rows, with a blank between them.
  private func row(at byte: Int, from first: Int) -> Int {
    var (position, left) = (first, byte)
    while position + 1 < rows.count, left > rows[position].text.utf8.count {
      left -= rows[position].text.utf8.count + 1
      position += 1
    }
    return position
  }

  /// The only row that has all words of a quote in their order; `nil` where none or several have.
  func onlyPlace(of quote: String) -> Int? {
    let wanted = SearchWords.all(in: quote).map(\.folded)
    // A few common words stand in many places.
    guard wanted.count >= 4 else { return nil }
    var found: Int?
    for (position, words) in words.enumerated()
    where Self.place(of: wanted, in: words) != nil {
      guard found == nil else { return nil }
      found = position
    }
    return found
  }

  /// Where some words stand in others.
  private static func place(of wanted: [String], in words: [String]) -> Int? {
    guard let first = wanted.first, wanted.count <= words.count else { return nil }
    return (0...(words.count - wanted.count)).first { place in
      words[place] == first && words[place..<(place + wanted.count)].elementsEqual(wanted)
    }
  }

  /// How well a quote agrees with the stretch of some words that has most of it in order: the words that
  /// both have to those of the longer one, `0...1`, in hundredths.
  ///
  /// Words that the quote leaves out count against it as those that it adds.
  private static func agreement(_ quote: [String], _ words: [String]) -> Double {
    // Of the longest common sequence that ends at each word: its length, and where it begins.
    var previous = [(length: Int, start: Int)](repeating: (0, 0), count: words.count + 1)
    for wanted in quote {
      var current = previous
      for (index, word) in words.enumerated() {
        if wanted == word {
          let before = previous[index]
          current[index + 1] = (before.length + 1, before.length == 0 ? index : before.start)
        } else if current[index].length > previous[index + 1].length {
          current[index + 1] = current[index]
        } else {
          current[index + 1] = previous[index + 1]
        }
      }
      previous = current
    }
    let shares = previous.enumerated().dropFirst().map { end, best -> Double in
      best.length == 0 ? 0 : Double(best.length) / Double(max(quote.count, end - best.start))
    }
    return ((shares.max() ?? 0) * 100).rounded() / 100
  }
}
