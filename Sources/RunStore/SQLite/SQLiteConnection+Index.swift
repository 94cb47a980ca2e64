/// The index of words, which SQLite keeps by FTS5.
///
/// It holds no text of its own, and has to be told what it is to forget.
extension SQLiteConnection {
  func forgetWords(of ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      """
      INSERT INTO text_words (text_words, rowid, text)
      SELECT 'delete', id, text FROM searched_texts WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  func learnWords(of ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      """
      INSERT INTO text_words (rowid, text)
      SELECT id, text FROM searched_texts WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  func forgetSpeakers(_ ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      """
      INSERT INTO speaker_words (speaker_words, rowid, label, company)
      SELECT 'delete', id, label, company FROM speakers WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  func learnSpeakers(_ ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      """
      INSERT INTO speaker_words (rowid, label, company)
      SELECT id, label, company FROM speakers WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  /// They are folded when they are compared.
  func learnNames(
    ofSource id: Int64,
    uri: String,
    stem: String,
    title: String?
  ) throws(RunStoreError) {}

  /// So few that a search which has enough early has not read many more.
  private static let pageSize = 256

  func eachPage(
    with words: MatchExpression,
    in ids: ClosedRange<Int64>,
    _ body: ([Int64]) throws(RunStoreError) -> Bool
  ) throws(RunStoreError) {
    var (page, goesOn) = ([Int64](), true)
    try each(
      """
      SELECT rowid FROM text_words
      WHERE text_words MATCH ? AND rowid BETWEEN ? AND ?
      ORDER BY rowid DESC
      """,
      [.text(words.fullTextQuery()), .int(ids.lowerBound), .int(ids.upperBound)]
    ) { row throws(RunStoreError) in
      page.append(row.int64(0))
      guard page.count == Self.pageSize else { return true }
      goesOn = try body(page)
      page = []
      return goesOn
    }
    if goesOn, !page.isEmpty { _ = try body(page) }
  }

  /// A JSON array.
  func list(_ ids: [Int64]) -> String { "[" + ids.map(String.init).joined(separator: ",") + "]" }

  func best(
    of ids: [Int64],
    with words: MatchExpression,
    _ weights: [Double],
    limit: Int
  ) throws(RunStoreError) -> [Int64] {
    guard let lowest = ids.min(), let highest = ids.max() else { return [] }
    // The sign keeps the list from the index, which would begin anew for each of its numbers.
    return try rows(
      """
      SELECT rowid FROM text_words
      WHERE text_words MATCH ? AND rowid BETWEEN ? AND ?
        AND +rowid IN (SELECT value FROM json_each(?))
      ORDER BY weighed_rank(text_words, ?), rowid DESC LIMIT ?
      """,
      .text(words.fullTextQuery()),
      .int(lowest),
      .int(highest),
      .text(list(ids)),
      .blob(weights.withUnsafeBytes { Array($0) }),
      .int(limit)
    ) { $0.int64(0) }
  }

  func eachSpeaker(
    label: MatchExpression?,
    company: MatchExpression?,
    _ body: (Int64, Int) -> Void
  ) throws(RunStoreError) {
    let parts = [
      label.map { "label : (\($0.fullTextQuery()))" },
      company.map { "company : (\($0.fullTextQuery()))" },
    ].compactMap { $0 }
    try each(
      """
      SELECT s.item, s.voice FROM speaker_words w JOIN speakers s ON s.id = w.rowid
      WHERE speaker_words MATCH ?
      """,
      [.text(parts.joined(separator: " AND "))]
    ) { row in
      body(row.int64(0), row.int(1))
      return true
    }
  }
}

extension MatchExpression {
  /// All of it as FTS5 reads it.
  fileprivate func fullTextQuery() -> String {
    phrases.map { "\"\($0.text)\"" + ($0.isBeginning ? " *" : "") }.joined(separator: " AND ")
  }
}
