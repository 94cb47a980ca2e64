/// The items that a search is about, and the voices in them.
struct SearchScope {
  /// The items, newest first; `nil` for all.
  private(set) var items: [Int64]?
  /// The voices that may speak in each item; `nil` for all.
  private(set) var voices: [Int64: Set<Int>]?

  /// More items than these are walked through as one stretch: to begin a walk in the index takes
  /// longer than to pass over a few rows.
  private static let mostStretches = 16

  init(_ query: SearchQuery, _ connection: Connection) throws(RunStoreError) {
    voices = try Self.voices(query, connection)
    let isFiltered =
      query.source != nil || query.since != nil || query.until != nil || query.run != nil
      || query.item != nil
    if isFiltered {
      items = try Self.items(query, connection)
      if let voices { items?.removeAll { voices[$0] == nil } }
    } else if let voices {
      items = voices.keys.sorted(by: >)
    }
    known = items.map(Set.init)
  }

  private var known: Set<Int64>?

  /// Whether the rows of an item may fit.
  func contains(item: Int64) -> Bool { known?.contains(item) ?? true }

  /// The stretches of rows that hold all of the items, newest first.
  var stretches: [ClosedRange<Int64>] {
    guard let items else { return [0...Int64.max] }
    guard let newest = items.first, let oldest = items.last else { return [] }
    guard items.count > Self.mostStretches else { return items.map(RowSpace.ids) }
    return [RowSpace.ids(of: oldest).lowerBound...RowSpace.ids(of: newest).upperBound]
  }

  private static func items(
    _ query: SearchQuery,
    _ connection: Connection
  ) throws(RunStoreError) -> [Int64] {
    try connection.rows(
      #"""
      SELECT i.id FROM items i JOIN runs r ON r.id = i.run JOIN sources s ON s.id = i.source
      WHERE (?1 IS NULL OR i.id = ?1)
        AND (?2 IS NULL OR r.id = ?2)
        AND (?3 IS NULL OR r.started_ms >= ?3)
        AND (?4 IS NULL OR r.started_ms < ?4)
        AND (?5 IS NULL OR s.uri LIKE ?5 ESCAPE '\' OR s.title LIKE ?5 ESCAPE '\')
      ORDER BY i.id DESC
      """#,
      .int(query.item),
      .text(query.run),
      .time(query.since),
      .time(query.until),
      .text(query.source.map(pattern))
    ) { $0.int64(0) }
  }

  /// A pattern for texts that contain a text.
  private static func pattern(_ text: String) -> String {
    var pattern = "%"
    for character in text {
      if ["%", "_", #"\"#].contains(character) { pattern.append(#"\"#) }
      pattern.append(character)
    }
    return pattern + "%"
  }

  private static func voices(
    _ query: SearchQuery,
    _ connection: Connection
  ) throws(RunStoreError) -> [Int64: Set<Int>]? {
    let parts = [
      try query.speaker.map { text throws(RunStoreError) in
        try words(text, of: "label", "speaker")
      },
      try query.company.map { text throws(RunStoreError) in
        try words(text, of: "company", "company")
      },
    ].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    var voices: [Int64: Set<Int>] = [:]
    try connection.each(
      """
      SELECT s.item, s.voice FROM speaker_words w JOIN speakers s ON s.id = w.rowid
      WHERE speaker_words MATCH ?
      """,
      [.text(parts.joined(separator: " AND "))]
    ) { row in
      voices[row.int64(0), default: []].insert(row.int(1))
      return true
    }
    return voices
  }

  private static func words(
    _ text: String,
    of column: StaticString,
    _ name: String
  ) throws(RunStoreError) -> String {
    if let words = try MatchExpression(text, column: column, completes: true).text { return words }
    throw RunStoreError(
      .invalidQuery,
      "The \(name) to search for has no letter or number.",
      remedy: "Give a word of the \(name)."
    )
  }
}
