internal import UnicodeText

/// The index of words: of each text the folded words in order, parted by blanks, and the set of them, by
/// which they are found.
///
/// Words are told and folded by the program, as for SQLite; the server compares bytes alone. It finds the
/// texts that hold all words, and whether they stand together is seen here.
extension PostgreSQLConnection {
  func forgetWords(of ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      "DELETE FROM text_words WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  func learnWords(of ids: ClosedRange<Int64>) throws(RunStoreError) {
    let found = try rows(
      "SELECT id, text FROM searched_texts WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    ) { row -> [SQLValue] in [.int(row.int64(0)), .text(WordList(row.text(1)).text)] }
    try insert(found, by: .textWords)
  }

  func forgetSpeakers(_ ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      "DELETE FROM speaker_words WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  func learnSpeakers(_ ids: ClosedRange<Int64>) throws(RunStoreError) {
    let found = try rows(
      "SELECT id, label, company FROM speakers WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    ) { row -> [SQLValue] in
      [.int(row.int64(0)), .text(WordList(row.text(1)).text), .text(WordList(row.text(2)).text)]
    }
    try insert(found, by: .speakerWords)
  }

  func learnNames(
    ofSource id: Int64,
    uri: String,
    stem: String,
    title: String?
  ) throws(RunStoreError) {
    try run(
      "UPDATE sources SET folded_stem = ?, folded_title = coalesce(?, folded_title) WHERE id = ?",
      .text(SearchFolding.folded(stem)),
      .text(title.map(SearchFolding.folded)),
      .int(id)
    )
  }

  /// Pages grow, so that a common phrase of common words takes few.
  private static let pageSizes = 4096...65_536

  func eachPage(
    with words: MatchExpression,
    in ids: ClosedRange<Int64>,
    _ body: ([Int64]) throws(RunStoreError) -> Bool
  ) throws(RunStoreError) {
    let query = words.textSearchQuery
    let hasPhrases = words.phrases.contains { $0.words.count > 1 }
    var last = ids.upperBound
    var size = Self.pageSizes.lowerBound
    while true {
      var (count, lowest) = (0, last)
      var page: [Int64] = []
      try each(
        hasPhrases ? Self.wordsOfTexts : Self.texts,
        [.text(query), .int(ids.lowerBound), .int(last), .int(size)]
      ) { row in
        (count, lowest) = (count + 1, row.int64(0))
        if !hasPhrases || WordList(prepared: row.text(1)).holds(words) { page.append(lowest) }
        return true
      }
      if !page.isEmpty {
        guard try body(page) else { return }
      }
      guard count == size else { return }
      last = lowest - 1
      size = min(size * 4, Self.pageSizes.upperBound)
    }
  }

  // How a word is found best depends on how rare it is.

  private static let texts = SQL(
    plannedAnew: """
      SELECT id FROM text_words
      WHERE lexemes @@ CAST(? AS tsquery) AND id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?
      """
  )
  private static let wordsOfTexts = SQL(
    plannedAnew: """
      SELECT id, words FROM text_words
      WHERE lexemes @@ CAST(? AS tsquery) AND id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?
      """
  )

  /// An array.
  func list(_ ids: [Int64]) -> String { "{" + ids.map(String.init).joined(separator: ",") + "}" }

  /// BM25 as for SQLite, with its constants; how long a text usually is, is told by the newest.
  func best(
    of ids: [Int64],
    with words: MatchExpression,
    _ weights: [Double],
    limit: Int
  ) throws(RunStoreError) -> [Int64] {
    guard !ids.isEmpty else { return [] }
    let usual = try usualLength()
    var ranked: [(score: Double, id: Int64)] = []
    try each(
      "SELECT id, words FROM text_words WHERE id = ANY (CAST(? AS bigint[]))",
      [.text(list(ids))]
    ) { row in
      let text = WordList(prepared: row.text(1))
      let length = 1.2 * (1 - 0.75 + 0.75 * Double(text.count) / usual)
      var score = 0.0
      for (index, phrase) in words.phrases.enumerated() {
        let count = Double(text.count(of: phrase))
        let weight = index < weights.count ? weights[index] : 1
        score += weight * count * (1.2 + 1) / (count + length)
      }
      ranked.append((score, row.int64(0)))
      return true
    }
    return ranked.sorted { ($1.score, $1.id) < ($0.score, $0.id) }.prefix(limit).map(\.id)
  }

  /// Whether the words of all texts are those that the texts have.
  func wordsFit() throws(RunStoreError) -> Bool {
    var last: Int64 = -1
    while true {
      var (count, fits) = (0, true)
      try each(
        """
        SELECT w.id, w.words, t.text FROM text_words w JOIN searched_texts t ON t.id = w.id
        WHERE w.id > ? ORDER BY w.id LIMIT ?
        """,
        [.int(last), .int(Self.pageSizes.lowerBound)]
      ) { row in
        (last, count) = (row.int64(0), count + 1)
        fits = row.text(1) == WordList(row.text(2)).text
        return fits
      }
      guard fits, count == Self.pageSizes.lowerBound else { return fits }
    }
  }

  /// How many words a text has.
  private func usualLength() throws(RunStoreError) -> Double {
    let mean = try first(
      """
      SELECT avg(cardinality(string_to_array(words, ' ')))
      FROM (SELECT words FROM text_words ORDER BY id DESC LIMIT 2000) AS newest
      """
    ) { Double($0.text(0)) ?? 0 }
    return max(mean ?? 0, 1)
  }

  func eachSpeaker(
    label: MatchExpression?,
    company: MatchExpression?,
    _ body: (Int64, Int) -> Void
  ) throws(RunStoreError) {
    try each(
      """
      SELECT s.item, s.voice, w.label, w.company
      FROM speaker_words w JOIN speakers s ON s.id = w.id
      WHERE (?1 IS NULL OR w.label_lexemes @@ CAST(?1 AS tsquery))
        AND (?2 IS NULL OR w.company_lexemes @@ CAST(?2 AS tsquery))
      """,
      [.text(label?.textSearchQuery), .text(company?.textSearchQuery)]
    ) { row in
      if label.map({ WordList(prepared: row.text(2)).holds($0) }) ?? true,
        company.map({ WordList(prepared: row.text(3)).holds($0) }) ?? true
      {
        body(row.int64(0), row.int(1))
      }
      return true
    }
  }
}

extension SQL {
  fileprivate static let textWords = SQL(
    sqlite: "",
    postgresql: "COPY text_words (id, words) FROM STDIN"
  )
  fileprivate static let speakerWords = SQL(
    sqlite: "",
    postgresql: "COPY speaker_words (id, label, company) FROM STDIN"
  )
}

extension MatchExpression {
  /// The texts that hold all words, wherever they stand, as the type `tsquery` is written.
  fileprivate var textSearchQuery: String {
    phrases.flatMap { phrase in
      phrase.words.enumerated().map { index, word in
        var quoted = "'"
        for character in WordList.clipped(word.folded).unicodeScalars {
          if character == "'" || character == "\\" { quoted.unicodeScalars.append(character) }
          quoted.unicodeScalars.append(character)
        }
        let isBeginning = phrase.isBeginning && index == phrase.words.count - 1
        return quoted + (isBeginning ? "':*" : "'")
      }
    }
    .joined(separator: " & ")
  }
}

/// The folded words of a text, in order.
private struct WordList {
  /// Parted by blanks.
  let text: String
  private let words: [Substring.UTF8View]

  /// A server takes words of less than 2,048 bytes, and a million bytes of different ones in a text.
  private static let (mostBytes, mostBytesOfText) = (2000, 1_000_000)

  init(_ text: String) {
    var joined = ""
    for word in SearchWords.all(in: text) {
      guard joined.utf8.count < Self.mostBytesOfText - Self.mostBytes else { break }
      if !joined.isEmpty { joined += " " }
      joined += Self.clipped(word.folded)
    }
    self.init(prepared: joined)
  }

  init(prepared text: String) {
    self.text = text
    words = text.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0).utf8 }
  }

  var count: Int { words.count }

  /// A word counts by its first bytes.
  static func clipped(_ word: String) -> String {
    guard word.utf8.count > mostBytes else { return word }
    return String(decoding: word.utf8.prefix(mostBytes), as: UTF8.self)
  }

  func holds(_ expression: MatchExpression) -> Bool {
    expression.phrases.allSatisfy { count(of: $0) > 0 }
  }

  /// How often a phrase occurs.
  func count(of phrase: MatchExpression.Phrase) -> Int {
    let wanted = phrase.words.map { Array(Self.clipped($0.folded).utf8) }
    guard !wanted.isEmpty, wanted.count <= words.count else { return 0 }
    var count = 0
    for start in 0...(words.count - wanted.count) {
      let fits = wanted.indices.allSatisfy { index in
        let found = words[start + index]
        return phrase.isBeginning && index == wanted.count - 1
          ? found.starts(with: wanted[index]) : found.elementsEqual(wanted[index])
      }
      if fits { count += 1 }
    }
    return count
  }
}
