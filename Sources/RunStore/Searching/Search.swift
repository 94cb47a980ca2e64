#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// One search under way.
struct Search {
  let connection: any Connection
  let query: SearchQuery
  /// What is searched for in the index; `nil` when no words are searched for.
  let words: MatchExpression?
  let scope: SearchScope

  init(
    _ connection: any Connection,
    _ query: SearchQuery,
    _ words: MatchExpression?
  ) throws(RunStoreError) {
    (self.connection, self.query, self.words) = (connection, query, words)
    scope = try SearchScope(query, connection)
  }

  /// The most rows that are ranked; found by measurement to take some 20 ms.
  static let mostRanked = 3000

  func result() throws(RunStoreError) -> SearchResult {
    let isRanked = query.order == .rank && words != nil
    let limit = max(1, query.limit)
    let candidates = try candidates(atLeast: isRanked ? Self.mostRanked : limit)
    let ids = isRanked ? try ranked(candidates.ids, limit) : Array(candidates.ids.prefix(limit))
    return SearchResult(
      hits: try hits(ids),
      rankedAmongNewest: isRanked && !candidates.areAll ? candidates.ids.count : nil,
      hasMore: !candidates.areAll || candidates.ids.count > ids.count
    )
  }

  /// The newest rows that fit: whole items, newest first, the rows of each in order.
  func candidates(
    atLeast wanted: Int
  ) throws(RunStoreError) -> (ids: [Int64], areAll: Bool) {
    var collector = CandidateCollector(wanted: wanted)
    for stretch in scope.stretches where !collector.isFull {
      try walk(stretch) { page throws(RunStoreError) in
        let voices = try scope.voices == nil ? [:] : connection.voices(of: page.map(Self.row))
        for id in page where try fits(id, voices) {
          guard collector.add(id) else { return false }
        }
        return true
      }
    }
    return collector.result
  }

  /// Whether a text that holds the words is one of those that are asked for.
  ///
  /// - Parameter spoken: The voices of the rows, where voices are asked for.
  private func fits(_ id: Int64, _ spoken: [Int64: Int]) throws(RunStoreError) -> Bool {
    let (item, kind) = (RowSpace.item(of: id), RowSpace.kind(of: id))
    let position = Int(RowSpace.position(of: id))
    switch kind {
    case .machine: guard query.isMachine else { return false }
    case .segment:
      if query.isMachine, try isThere(RowSpace.id(item: item, .machine, position: position)) {
        return false
      }
    case .table: break
    }
    guard try scope.contains(item: item) else { return false }
    if scope.voices != nil {
      guard kind != .table, let voices = scope.voices?[item], let voice = spoken[Self.row(id)],
        voices.contains(voice)
      else { return false }
    }
    guard let isChecked = query.isChecked else { return true }
    return try scope.isChecked(item: item, kind == .table ? nil : position) == isChecked
  }

  /// The row of the transcript at the position of a text.
  private static func row(_ id: Int64) -> Int64 {
    RowSpace.id(item: RowSpace.item(of: id), position: Int(RowSpace.position(of: id)))
  }

  private func isThere(_ passage: Int64) throws(RunStoreError) -> Bool {
    try connection.first("SELECT 1 FROM passages WHERE id = ?", .int(passage)) { _ in true }
      ?? false
  }

  /// Walks through the rows that hold the words, the newest first.
  private func walk(
    _ stretch: ClosedRange<Int64>,
    _ body: ([Int64]) throws(RunStoreError) -> Bool
  ) throws(RunStoreError) {
    if let words { return try connection.eachPage(with: words, in: stretch, body) }
    // Page by page: servers send all that is asked for.
    var last = stretch.upperBound
    while true {
      var ids: [Int64] = []
      try connection.each(
        "SELECT id FROM searched_texts WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?",
        [.int(stretch.lowerBound), .int(last), .int(Self.pageSize)]
      ) { row in
        ids.append(row.int64(0))
        return true
      }
      if !ids.isEmpty {
        guard try body(ids) else { return }
      }
      guard ids.count == Self.pageSize, let lowest = ids.last else { return }
      last = lowest - 1
    }
  }

  /// A little more than are ranked.
  private static let pageSize = 4096

  /// The best of the candidates, the best first.
  func ranked(_ ids: [Int64], _ limit: Int) throws(RunStoreError) -> [Int64] {
    guard let words else { return ids }
    return try connection.best(of: ids, with: words, try weights(of: words), limit: limit)
  }

  /// How much each phrase weighs: the rarer, the more.
  ///
  /// One alone is the same for all rows.
  private func weights(of words: MatchExpression) throws(RunStoreError) -> [Double] {
    guard words.phrases.count > 1 else { return [] }
    var weights: [Double] = []
    for phrase in words.phrases { weights.append(try rarity(of: phrase)) }
    return weights
  }

  /// The newest rows with a phrase by which it is told how rare it is: to count all would take long.
  private static let rowsOfRarity = 1000

  /// The inverse document frequency of a phrase among the rows that are not older than the oldest of
  /// the newest that have it.
  private func rarity(of phrase: MatchExpression.Phrase) throws(RunStoreError) -> Double {
    var (count, oldest) = (0, Int64.max)
    try connection.eachPage(with: MatchExpression(phrase), in: 0...Int64.max) { page in
      let newest = page.prefix(Self.rowsOfRarity - count)
      (count, oldest) = (count + newest.count, newest.last ?? oldest)
      return count < Self.rowsOfRarity
    }
    let first = count < Self.rowsOfRarity ? 0 : RowSpace.item(of: oldest)
    let rows =
      try connection.first(
        "SELECT coalesce(sum(segments), 0) FROM items WHERE id >= ?",
        .int(first)
      ) { $0.int(0) } ?? 0
    return log(1 + (Double(max(0, rows - count)) + 0.5) / (Double(count) + 0.5))
  }
}

/// Takes rows from the newest to the oldest and puts them into the order of reading.
private struct CandidateCollector {
  let wanted: Int
  private var ids: [Int64] = []
  /// Where the rows of the item begin that is being collected.
  private var itemStart = 0
  private(set) var isFull = false

  init(wanted: Int) { self.wanted = wanted }

  /// Adds a row; `false` when there are enough and another item has begun.
  mutating func add(_ id: Int64) -> Bool {
    if let last = ids.last, RowSpace.item(of: last) != RowSpace.item(of: id) {
      if ids.count >= wanted {
        isFull = true
        return false
      }
      turnItem()
    }
    ids.append(id)
    return true
  }

  private mutating func turnItem() {
    // What the machine had written stands where its row is.
    ids[itemStart...].sort { Self.place($0) < Self.place($1) }
    itemStart = ids.count
  }

  private static func place(_ id: Int64) -> Int64 {
    RowSpace.kind(of: id) == .machine
      ? RowSpace.id(item: RowSpace.item(of: id), position: Int(RowSpace.position(of: id))) : id
  }

  /// All that was collected, and whether it is all there is.
  var result: (ids: [Int64], areAll: Bool) {
    var copy = self
    copy.turnItem()
    return (copy.ids, !isFull)
  }
}

extension Connection {
  /// The voices of some rows of transcripts.
  fileprivate func voices(of rows: [Int64]) throws(RunStoreError) -> [Int64: Int] {
    var voices: [Int64: Int] = [:]
    let statement = SQL(
      sqlite: """
        SELECT id, voice FROM segments
        WHERE voice IS NOT NULL AND id IN (SELECT value FROM json_each(?))
        """,
      postgresql: """
        SELECT id, voice FROM segments WHERE voice IS NOT NULL AND id = ANY (CAST(? AS bigint[]))
        """
    )
    try each(statement, [.text(list(rows))]) { row in
      voices[row.int64(0)] = row.int(1)
      return true
    }
    return voices
  }
}
