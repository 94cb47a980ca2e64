internal import TabularExtraction
internal import TranscriptModel

/// Looks at the rows of a reply as they come: how many, how far, and whether they go on at all.
struct RowWatch {
  /// The rows of all tables so far.
  private(set) var count = 0
  /// The start of the last transcript row that has a readable one.
  private(set) var reached: Timecode?
  private var detector = LoopDetector()
  private var seen = 0

  /// Looks at the rows that are new; whether they show that the model repeats itself without end.
  mutating func look(at tables: [Table]) -> Bool {
    count = tables.reduce(0) { $0 + $1.rowCount }
    guard let table = tables.first(where: { $0.column(.text) != nil }) else { return false }
    var loops = false
    for row in seen..<max(seen, table.rowCount) where detector.append(row: row, of: table) != nil {
      loops = true
    }
    if table.rowCount > seen, let column = table.column(.start) {
      reached = (try? Timecode(parsing: table[table.rowCount - 1, column].rendered)) ?? reached
    }
    seen = table.rowCount
    return loops
  }
}
