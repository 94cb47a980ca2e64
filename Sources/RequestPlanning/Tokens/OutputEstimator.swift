package import TranscriptModel

/// Guesses how much text the words of a stretch make, for requests that give them back.
package enum SpokenText {
  /// Tokens of a row beside its words: a start such as `12:34`, a voice, two tabs, a line break.
  private static let tokensPerRow = 9.0

  /// The likeliest number of tokens.
  package static func tokens(milliseconds: Int) -> Int {
    let seconds = Double(milliseconds) / 1000
    let words = OutputEstimator.speechTokens.expected
    return Int((seconds * (words + OutputEstimator.speechRows.expected * tokensPerRow)).rounded())
  }

  /// The likeliest number of rows.
  package static func rows(milliseconds: Int) -> Int {
    Int((Double(milliseconds) / 1000 * OutputEstimator.speechRows.expected).rounded(.up))
  }

  /// The stretch in which so many tokens are likely to be said.
  package static func stretch(_ tokens: Int) -> TimeRange {
    let second = Self.tokens(milliseconds: 1000)
    return TimeRange(start: .zero, end: Timecode(milliseconds: tokens * 1000 / max(1, second)))
  }
}

/// Guesses the length of a reply from the length of the video and the shape of its tables.
struct OutputEstimator {
  /// Speech and rows for each second, as low, likeliest and high.
  ///
  /// People speak 90 to 190 words a minute with pauses, and a word with its punctuation is about
  /// 1.3 tokens; a row of verbatim speech lasts 4 to 8 seconds.
  fileprivate static let speechTokens = (low: 1.8, expected: 3.0, high: 4.2)
  fileprivate static let speechRows = (low: 1 / 8.0, expected: 1 / 5.5, high: 1 / 4.0)
  private static let eventRows = (low: 1 / 120.0, expected: 1 / 30.0, high: 1 / 8.0)
  private static let listRows = (low: 1, expected: 5, high: 20)
  /// A reply without tables.
  private static let freeText = TokenRange(low: 100, expected: 400, high: 1500)

  let shape: OutputShape

  /// The tokens of the visible reply.
  func tokens(seconds: Double) -> TokenRange {
    if shape.isEveryWord {
      let speech = Self.speechTokens
      return TokenRange(
        low: Int((seconds * speech.low).rounded()),
        expected: Int((seconds * speech.expected).rounded()),
        high: Int((seconds * speech.high).rounded())
      )
    }
    guard !shape.tables.isEmpty else { return Self.freeText }
    return shape.tables.map { tokens(of: $0, seconds: seconds) }.reduce(.zero, +)
  }

  /// Answers of a few dozen words; one for each row, or one now and then.
  private func tokens(of table: OutputShape.TableCost, about given: GivenRows) -> TokenRange {
    func total(_ rows: Int, _ words: Double) -> Int {
      rows * table.tokensPerRow + Int(words.rounded()) + table.frame
    }
    if given.isEach {
      // The same words in another language take from four fifths to twice as many tokens.
      let words = table.isReworded ? Double(given.tokens) : 0
      return TokenRange(
        low: total(given.count, 0.7 * words),
        expected: total(given.count, words),
        high: total(given.count, 2 * words)
      )
    }
    // Recipes ask for three to twelve answers, or for all there are.
    let (expected, high) = (min(8, given.count), min(max(16, given.count / 8), given.count))
    return TokenRange(
      low: total(1, Self.answerWords.low),
      expected: total(expected, Double(expected) * Self.answerWords.expected),
      high: total(high, Double(high) * Self.answerWords.high)
    )
  }

  /// Tokens of the sentences in an answer.
  private static let answerWords = (low: 8.0, expected: 20.0, high: 45.0)

  private func tokens(of table: OutputShape.TableCost, seconds: Double) -> TokenRange {
    if let given = shape.given { return tokens(of: table, about: given) }
    let times = Double(table.timesSpoken)
    let row = Double(table.tokensPerRow)
    let speech = Self.speechTokens
    let frame = Double(table.frame)
    func total(_ rowsPerSecond: Double, _ speech: Double) -> Int {
      Int((seconds * (rowsPerSecond * row + speech * times) + frame).rounded())
    }
    switch table.growth {
    case .speech:
      let rows = Self.speechRows
      return TokenRange(
        low: total(rows.low, speech.low),
        expected: total(rows.expected, speech.expected),
        high: total(rows.high, speech.high)
      )
    case .events:
      let rows = Self.eventRows
      return TokenRange(
        low: total(rows.low, 0),
        expected: total(rows.expected, 0),
        high: total(rows.high, 0)
      )
    case .list:
      let rows = Self.listRows
      return TokenRange(
        low: rows.low * table.tokensPerRow + table.frame,
        expected: rows.expected * table.tokensPerRow + table.frame,
        high: rows.high * table.tokensPerRow + table.frame
      )
    }
  }
}
