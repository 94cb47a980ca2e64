internal import UnicodeText

/// Guesses the language of rows from their script and their most common words, and from their neighbours: a row
/// of two words says little.
enum LanguageGuess {
  /// How many neighbours on either side have a say.
  private static let reach = 8
  /// What a row's own words count against those of a neighbour.
  private static let ownWeight = 4

  /// The language of each row: the one that it states, else the one guessed.
  static func languages(of rows: [SpokenRow]) -> [String] {
    let all = rows.map { $0.language == nil ? LanguageVotes.votes($0.text) : [:] }
    return rows.indices.map { row in
      if let stated = rows[row].language { return stated }
      if let script = LanguageVotes.language(byScriptOf: rows[row].text) { return script }
      var sums: [String: Int] = [:]
      for other in max(0, row - reach)...min(rows.count - 1, row + reach) {
        for (language, count) in all[other] {
          sums[language, default: 0] += count * (other == row ? ownWeight : 1)
        }
      }
      return sums.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "en"
    }
  }
}
