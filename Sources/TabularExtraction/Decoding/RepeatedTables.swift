internal import TranscriptModel

/// Decides what a reply means that says its tables more than once.
///
/// Tables are told in turns; a turn ends where a table begins that it has already. Of two turns:
/// - Rows that come after those before, in time or as new voices, go on with the table: joined.
/// - The same rows again are said twice: taken once.
/// - Anything else is another version, and nobody can say which is right: the turn with more rows,
///   then with more values, then the later one is kept, and the result counts as incomplete.
///
/// Takes time in proportion to the rows.
struct RepeatedTables {
  /// Where the tables of a reply begin.
  struct Tellings {
    /// A table's rows in one turn.
    struct Telling {
      let table: Int
      /// The turn, from 0.
      let turn: Int
      /// The table's first row of the turn.
      let row: Int
    }

    private(set) var all: [Telling] = []
    private var turn = 0
    private var lastTurn: [Int: Int] = [:]

    mutating func begin(_ table: Int, row: Int) {
      if lastTurn[table] == turn { turn += 1 }
      lastTurn[table] = turn
      all.append(Telling(table: table, turn: turn, row: row))
    }

    var areRepeated: Bool { turn > 0 }
  }

  /// What came of a reply.
  struct Outcome {
    /// The rows of each table that are kept, in order.
    var rows: [[Int]]
    /// The tables that go on in a later turn.
    var joined: Set<Int> = []
    /// The tables that were said again alike.
    var same: Set<Int> = []
    /// The tables that were said again otherwise.
    var differing: Set<Int> = []
  }

  /// The rows looked back at for one that is said again; more than can be said at one time.
  private static let overlap = 64

  private let tables: [Table]
  private let turns: [[Int: Range<Int>]]
  private var outcome: Outcome
  /// The texts of the rows kept so far, and the ids of their voices, of tables without times.
  private var known: [Known]

  private struct Known {
    var rows: Set<String> = []
    var keys: Set<String> = []
  }

  /// How the rows of a turn stand to those before.
  private enum Relation {
    case same, differing
    /// The rows that are new.
    case goesOn([Int])
  }

  init(_ tables: [Table], _ tellings: Tellings) {
    self.tables = tables
    var turns: [[Int: Range<Int>]] = []
    var ends = tables.map(\.rowCount)
    for telling in tellings.all.reversed() {
      while turns.count <= telling.turn { turns.append([:]) }
      turns[telling.turn][telling.table] = telling.row..<ends[telling.table]
      ends[telling.table] = telling.row
    }
    self.turns = turns
    // Rows from before any telling belong to the first.
    outcome = Outcome(rows: ends.map { Array(0..<$0) })
    known = tables.map { _ in Known() }
  }

  mutating func settle() -> Outcome {
    for turn in turns { take(turn) }
    return outcome
  }

  private mutating func take(_ turn: [Int: Range<Int>]) {
    let relations = turn.filter { !$0.value.isEmpty && !outcome.rows[$0.key].isEmpty }
      .map { ($0.key, relation($0.key, $0.value)) }
    let differing = relations.filter { if case .differing = $0.1 { true } else { false } }
    guard differing.isEmpty else { return choose(turn, differing.map(\.0)) }
    for (table, rows) in turn where outcome.rows[table].isEmpty { add(Array(rows), to: table) }
    for (table, relation) in relations {
      switch relation {
      case .same: outcome.same.insert(table)
      case .goesOn(let rows):
        outcome.joined.insert(table)
        add(rows, to: table)
      case .differing: break
      }
    }
  }

  private mutating func choose(_ turn: [Int: Range<Int>], _ differing: [Int]) {
    outcome.differing.formUnion(differing)
    let shared = turn.filter { !$0.value.isEmpty && !outcome.rows[$0.key].isEmpty }
    let before = shared.keys.map { fullness($0, outcome.rows[$0]) }
    let after = shared.map { fullness($0.key, Array($0.value)) }
    for (table, rows) in turn where outcome.rows[table].isEmpty { add(Array(rows), to: table) }
    guard Self.total(after) >= Self.total(before) else { return }
    for (table, rows) in shared {
      outcome.rows[table] = []
      known[table] = Known()
      add(Array(rows), to: table)
    }
  }

  private static func total(_ parts: [(rows: Int, values: Int)]) -> (Int, Int) {
    parts.reduce((0, 0)) { ($0.0 + $1.rows, $0.1 + $1.values) }
  }

  private func fullness(_ table: Int, _ rows: [Int]) -> (rows: Int, values: Int) {
    let columns = tables[table].columns.indices
    let values = rows.reduce(0) { total, row in
      total + columns.count { !tables[table].isMissing(row: row, column: $0) }
    }
    return (rows.count, values)
  }

  private mutating func add(_ rows: [Int], to table: Int) {
    outcome.rows[table] += rows
    guard turns.count > 1, start(of: table) == nil else { return }
    for row in rows {
      known[table].rows.insert(text(table, row))
      if let key = key(table, row) { known[table].keys.insert(key) }
    }
  }

  // MARK: Comparing

  private func relation(_ table: Int, _ rows: Range<Int>) -> Relation {
    let before = outcome.rows[table]
    if before.count == rows.count, zip(before, rows).allSatisfy({ isSame(table, $0, $1) }) {
      return .same
    }
    return start(of: table) == nil ? keyed(table, rows) : timed(table, rows, after: before)
  }

  /// Rows with times go on when they begin after the last one; rows at its very time may repeat it.
  private func timed(_ table: Int, _ rows: Range<Int>, after before: [Int]) -> Relation {
    guard let last = before.last, let reached = time(table, last),
      let begins = time(table, rows.lowerBound), begins >= reached
    else { return .differing }
    if begins > reached { return .goesOn(Array(rows)) }
    // What begins where the table itself begins tells it anew; anything else is an overlap.
    let atOnce = before.suffix(Self.overlap).reversed().prefix { time(table, $0) == reached }
    guard atOnce.count < before.count else { return .differing }
    return .goesOn(rows.filter { row in !atOnce.contains { isSame(table, $0, row) } })
  }

  /// Rows without times go on when none of them is about a voice that was told of otherwise.
  private func keyed(_ table: Int, _ rows: Range<Int>) -> Relation {
    let new = rows.filter { !known[table].rows.contains(text(table, $0)) }
    let hasKeys = rows.allSatisfy { key(table, $0) != nil }
    if hasKeys {
      let isTold = new.contains { key(table, $0).map(known[table].keys.contains) == true }
      return isTold ? .differing : .goesOn(new)
    }
    return new.count == rows.count ? .goesOn(new) : .differing
  }

  private func start(of table: Int) -> Int? { tables[table].column(.start) }

  private func time(_ table: Int, _ row: Int) -> Int? {
    guard let column = start(of: table) else { return nil }
    let clock = tables[table].withUTF8(row: row, column: column) { TimeSpelling(clock: $0) }
    return clock?.time.milliseconds
      ?? (try? TimeSpelling(parsing: tables[table][row, column].rendered))?.time.milliseconds
  }

  private func key(_ table: Int, _ row: Int) -> String? {
    guard let column = tables[table].column(.voice),
      !tables[table].isMissing(row: row, column: column)
    else { return nil }
    return tables[table][row, column].rendered
  }

  private func text(_ table: Int, _ row: Int) -> String {
    tables[table].columns.indices.map { tables[table][row, $0].rendered }
      .joined(separator: "\u{1F}")
  }

  private func isSame(_ table: Int, _ one: Int, _ other: Int) -> Bool {
    tables[table].columns.indices.allSatisfy { tables[table][one, $0] == tables[table][other, $0] }
  }
}

extension TableSink {
  /// Joins, drops or chooses between what the reply says of a table more than once.
  mutating func settleRepeatedTables(_ reply: [UInt8]) {
    guard tellings.areRepeated else { return }
    var repeated = RepeatedTables(tables(in: reply), tellings)
    let outcome = repeated.settle()
    for table in shapes.indices {
      if outcome.same.contains(table) { findings.note(.repeatedDocument, .init(table: table)) }
      if outcome.joined.contains(table) { findings.note(.repeatedTable, .init(table: table)) }
      if outcome.differing.contains(table) { findings.note(.differingTables, .init(table: table)) }
      keep(outcome.rows[table], of: table)
    }
  }

  private mutating func keep(_ rows: [Int], of table: Int) {
    let count = rowCount(table)
    guard rows.count < count || rows.last.map({ $0 + 1 != count }) ?? false else { return }
    let width = shapes[table].columns.count
    let before = contents[table]
    var places = [Int?](repeating: nil, count: count)
    contents[table].slots = []
    contents[table].origins = []
    for (place, row) in rows.enumerated() {
      places[row] = place
      contents[table].slots += before.slots[row * width..<(row + 1) * width]
      contents[table].origins.append(before.origins[row])
    }
    for row in 0..<count where places[row] == nil {
      let origin = before.origins[row]
      keep(table, Int(origin.start)..<Int(origin.end))
    }
    findings.move(rowsOf: table, to: places)
  }
}
