internal import TranscriptModel

/// The readings of one column of times, and which of them is meant.
struct TimeColumn {
  /// A cell that has no time.
  static let none = -1

  private let table: String
  private let name: String
  private let column: Int
  /// The time of each row in milliseconds, or `none`; the usual reading until settled.
  private(set) var times: [Int]
  /// The other reading of each row in milliseconds, or `none`.
  private(set) var alternatives: [Int]
  /// The rows for which the other reading is meant, in order.
  private var chosen: [Int] = []
  private var isAmbiguous = false
  private var unreadable = SpellingNotes()
  private var lenient = SpellingNotes()
  private var ranges = SpellingNotes()
  private var other = SpellingNotes()

  init(_ table: Table, column: Int) {
    self.table = table.name
    name = table.columns[column].name
    self.column = column
    times = Array(repeating: Self.none, count: table.rowCount)
    alternatives = times
    for row in 0..<table.rowCount { read(row, of: table) }
  }

  private mutating func read(_ row: Int, of table: Table) {
    let clock = table.withUTF8(row: row, column: column) { TimeSpelling(clock: $0) }
    if let clock, clock.isPlain, clock.alternative == nil {
      times[row] = clock.time.milliseconds
    } else {
      read(table[row, column], row: row)
    }
  }

  private mutating func read(_ cell: Cell, row: Int) {
    switch cell {
    case .missing: break
    case .time(let time): times[row] = time.milliseconds
    case .integer, .number, .boolean, .text, .invalid:
      guard let spelling = try? TimeSpelling(parsing: cell.rendered) else {
        return unreadable.note(cell.rendered, row: row)
      }
      take(spelling, row: row)
      if spelling.isRange {
        ranges.note(cell.rendered, row: row)
      } else if case .text = cell, !spelling.isPlain {
        lenient.note(cell.rendered, row: row)
      }
    }
  }

  private mutating func take(_ spelling: TimeSpelling, row: Int) {
    times[row] = spelling.time.milliseconds
    guard let second = spelling.alternative else { return }
    alternatives[row] = second.milliseconds
    isAmbiguous = true
  }

  /// Settles a column by the length of the media and the order of its rows.
  mutating func settle(limit: Timecode?, texts: [Int]?) {
    guard isAmbiguous else { return }
    let choice = ReadingChoice(self, limit: limit?.milliseconds, texts: texts)
    for row in choice.rowsReadOtherwise() { choose(row) }
  }

  /// Settles a column of ends: of two readings the one nearest after the row's start is meant.
  mutating func settle(after starts: TimeColumn?) {
    guard isAmbiguous, let starts else { return }
    for row in times.indices where alternatives[row] != Self.none {
      let start = starts.times[row]
      guard start != Self.none, alternatives[row] >= start else { continue }
      if alternatives[row] < times[row] || times[row] < start { choose(row) }
    }
  }

  private mutating func choose(_ row: Int) {
    chosen.append(row)
    times[row] = alternatives[row]
  }

  /// Puts the times into the table; a cell without one stays as it is, but no longer counts as
  /// text of its column's type.
  mutating func write(to table: inout Table) {
    for row in chosen { other.note(table[row, column].rendered, row: row) }
    for row in times.indices where times[row] != Self.none {
      table[row, column] = .time(Timecode(milliseconds: times[row]))
    }
    for row in unreadable.rows {
      table[row, column] = .invalid(table[row, column].rendered)
    }
  }

  var findings: [Finding] {
    [
      finding(.timeUnreadable, unreadable) { "\($0) cannot be read as a time in “\(name)”." },
      finding(.timeAmbiguous, other) {
        "\($0) in “\(name)” read by the second meaning (minutes, seconds and hundredths, or "
          + "milliseconds), which fits the length of the media and the rows around."
      },
      finding(.timeRange, ranges) { "\($0) a range in “\(name)”; its start was taken." },
      finding(.timeSpelling, lenient) {
        "\($0) in “\(name)” not written as M:SS or H:MM:SS, but can be read."
      },
    ].compactMap(\.self)
  }

  private func finding(
    _ code: Finding.Code,
    _ notes: SpellingNotes,
    _ message: (String) -> String
  ) -> Finding? {
    guard let subject = notes.subject else { return nil }
    return Finding(code, message(subject), rows: notes.rows.map { .init(table: table, index: $0) })
  }
}

/// Spellings of one kind: the rows that have one, and the first as an example.
struct SpellingNotes {
  private(set) var rows: [Int] = []
  private var example = ""

  mutating func note(_ spelling: String, row: Int) {
    if rows.isEmpty { example = spelling.count > 40 ? spelling.prefix(40) + "…" : spelling }
    rows.append(row)
  }

  /// The example and how many more there are, as the subject of a sentence.
  var subject: String? {
    switch rows.count {
    case 0: nil
    case 1: "“\(example)”"
    default: "“\(example)” and \(rows.count - 1) more"
    }
  }
}
