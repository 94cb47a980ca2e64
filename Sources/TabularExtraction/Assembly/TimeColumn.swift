internal import TranscriptModel

/// The readings of one column of times, and which of them is meant.
struct TimeColumn {
  /// A cell that has no time.
  static let none = -1

  private let table: String
  private let name: String
  private let column: Int
  /// The time of each row in milliseconds, or `none`; by the usual reading until settled.
  private(set) var times: [Int]
  /// The numbers that each row's time is made of; empty for rows whose times are read already.
  private var fields: [ClockFields?]
  /// How the column is read.
  private(set) var reading = TimeReading.clock
  private var rival: TimeReading?
  /// The rows whose times are others than by the usual reading, in order.
  private var chosen: [Int] = []
  private var unreadable = SpellingNotes()
  private var lenient = SpellingNotes()
  private var ranges = SpellingNotes()
  private var other = SpellingNotes()

  init(_ table: Table, column: Int) {
    self.table = table.name
    name = table.columns[column].name
    self.column = column
    times = Array(repeating: Self.none, count: table.rowCount)
    fields = Array(repeating: nil, count: table.rowCount)
    for row in 0..<table.rowCount { read(row, of: table) }
  }

  private mutating func read(_ row: Int, of table: Table) {
    if let time = table.time(row: row, column: column) {
      times[row] = time
      return
    }
    let clock = table.withUTF8(row: row, column: column) { TimeSpelling(clock: $0) }
    if let clock, clock.isPlain {
      take(clock, row: row)
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
    fields[row] = spelling.fields
  }

  /// Settles a column of starts by the media and the order of its rows.
  mutating func settle(in frame: TimeFrame, texts: [Int]?) {
    let choice = ColumnReading(fields, fixed: times, texts: texts, in: frame).choice()
    reading = choice.reading
    rival = choice.rival
    for row in times.indices where times[row] != choice.times[row] {
      choose(choice.times[row], row)
    }
  }

  /// Settles a column of ends: each is read as the starts are, or where that would be before its
  /// start, by the reading that ends soonest after it.
  mutating func settle(after starts: TimeColumn?, in frame: TimeFrame) {
    guard let starts else { return settle(in: frame, texts: nil) }
    reading = starts.reading
    for row in times.indices where times[row] != Self.none {
      guard let fields = fields[row] else { continue }
      let start = starts.times[row]
      let first = starts.meaning(of: fields, in: row)
      let others = [TimeReading.clock, .hundredths, .milliseconds].map {
        $0.milliseconds(fields, frameRate: 25)
      }
      let time =
        start == Self.none
        ? first
        : ([first] + others).compactMap(\.self).first { $0 >= start } ?? first
      if let time, time != times[row] { choose(time, row) }
    }
  }

  /// What another time in a row means when it is read as this column is.
  private func meaning(of fields: ClockFields, in row: Int) -> Int? {
    guard let time = reading.milliseconds(fields, frameRate: 25) else { return nil }
    guard reading == .hourWrap || reading == .tape, let own = self.fields[row],
      let usual = TimeReading.clock.milliseconds(own, frameRate: 25)
    else { return time }
    return time + (times[row] - usual) / 3_600_000 * 3_600_000
  }

  private mutating func choose(_ time: Int, _ row: Int) {
    chosen.append(row)
    times[row] = time
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
      finding(isShift ? .timebaseShifted : .timeAmbiguous, other) {
        "\($0) in “\(name)” read as \(reading.clause), which fits the length of the media and the "
          + "rows around."
      },
      rivalry,
      finding(.timeRange, ranges) { "\($0) a range in “\(name)”; its start was taken." },
      finding(.timeSpelling, lenient) {
        "\($0) in “\(name)” not written as M:SS or H:MM:SS, but can be read."
      },
    ].compactMap(\.self)
  }

  private var isShift: Bool { reading == .hourWrap || reading == .tape }

  /// What a person should know of a reading that is as good as the one taken.
  private var rivalry: Finding? {
    rival.map { rival in
      Finding(
        .timeAmbiguous,
        "Times in “\(name)” were read as \(TimeReading.clock.clause); they could be "
          + "\(rival.clause) as well, which would reach through the whole."
      )
    }
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
