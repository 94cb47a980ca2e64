internal import TranscriptModel

/// Counts oddities by table and column, so that a systematic one is one finding however many rows
/// it touches.
struct FindingCollector {
  /// Where an oddity was met; what is unknown or does not matter is left out.
  struct Place {
    var table: Int? = nil
    var row: Int? = nil
    var column: Int? = nil
    /// A piece of the reply that shows the oddity.
    var sample: Range<Int>? = nil
  }

  private struct Key: Hashable {
    let oddity: Oddity
    let table: Int?
    let column: Int?
  }

  private struct Entry {
    let oddity: Oddity
    let table: Int?
    let column: Int?
    let sample: Range<Int>?
    var rows: [Int32] = []
    var count = 0
    var isGone = false
  }

  private let tables: [TableShape]
  private let rowLimit: Int
  private var entries: [Entry] = []
  private var positions: [Key: Int] = [:]
  private(set) var hasLoss = false

  init(tables: [TableShape], rowLimit: Int) {
    self.tables = tables
    self.rowLimit = rowLimit
  }

  mutating func note(_ oddity: Oddity, _ place: Place = Place()) {
    let index = position(of: oddity, place)
    entries[index].count += 1
    if oddity.isLoss { hasLoss = true }
    guard let row = place.row, entries[index].rows.count < rowLimit,
      entries[index].rows.last != Int32(truncatingIfNeeded: row)
    else { return }
    entries[index].rows.append(Int32(truncatingIfNeeded: row))
  }

  /// Takes the findings about a text within the reply, at whose place its rows begin in each table.
  mutating func absorb(_ other: FindingCollector, rows: [Int], at place: Range<Int>) {
    for entry in other.entries {
      let first = entry.table.map { rows[$0] } ?? 0
      let index = position(
        of: entry.oddity,
        Place(table: entry.table, column: entry.column, sample: place)
      )
      entries[index].count += entry.count
      let room = max(0, rowLimit - entries[index].rows.count)
      entries[index].rows += entry.rows.prefix(room).map { $0 + Int32(truncatingIfNeeded: first) }
      if entry.oddity.isLoss { hasLoss = true }
    }
  }

  /// Lets the findings follow rows that moved or went: for each row of a table its new place.
  ///
  /// A finding about nothing but rows that went concerns nobody any more.
  mutating func move(rowsOf table: Int, to places: [Int?]) {
    for index in entries.indices where entries[index].table == table {
      let rows = entries[index].rows
      entries[index].rows = rows.compactMap { row in
        places.indices.contains(Int(row))
          ? places[Int(row)].map { Int32(truncatingIfNeeded: $0) } : row
      }
      if entries[index].rows.isEmpty, !rows.isEmpty { entries[index].isGone = true }
    }
  }

  func has(_ oddity: Oddity) -> Bool { entries.contains { $0.oddity == oddity } }

  private mutating func position(of oddity: Oddity, _ place: Place) -> Int {
    let key = Key(oddity: oddity, table: place.table, column: place.column)
    if let position = positions[key] { return position }
    entries.append(
      Entry(oddity: oddity, table: place.table, column: place.column, sample: place.sample)
    )
    positions[key] = entries.count - 1
    return entries.count - 1
  }

  /// The findings in the order in which they were first met.
  ///
  /// Rows that were begun and then refused or cut off are not named: they are in no table.
  func findings(rowCounts: [Int], reply: [UInt8]) -> [Finding] {
    entries.filter { !$0.isGone }.map { entry in
      let limit = entry.table.map { rowCounts[$0] } ?? 0
      let rows = entry.rows.filter { $0 < limit }
      return Finding(
        entry.oddity.code,
        entry.oddity.code.defaultSeverity,
        message(entry, reply),
        rows: rows.map { Finding.Row(table: tables[entry.table ?? 0].name, index: Int($0)) },
        table: entry.table.map { tables[$0].name }
      )
    }
  }

  private func message(_ entry: Entry, _ reply: [UInt8]) -> String {
    var text = FindingKind.of(entry.oddity.code)?.sentence ?? entry.oddity.rawValue
    if let table = entry.table {
      let column = entry.column.map { "." + tables[table].columns[$0].name } ?? ""
      text += " (\(tables[table].name)\(column))"
    }
    if entry.count > 1 { text += ", \(entry.count) times" }
    if let sample = entry.sample { text += ": “\(Excerpt.text(of: reply, sample))”" }
    return text + "."
  }
}

/// A short piece of model text for a message.
enum Excerpt {
  /// The most bytes that are quoted.
  static let limit = 60

  /// At most ``limit`` bytes of a range, without control characters.
  static func text(of bytes: [UInt8], _ range: Range<Int>) -> String {
    let range = range.clamped(to: bytes.indices)
    var end = min(range.upperBound, range.lowerBound + limit)
    while end > range.lowerBound, end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    let text = String(decoding: bytes[range.lowerBound..<end], as: UTF8.self)
    let printable = text.unicodeScalars.map { scalar -> String in
      scalar.properties.generalCategory == .control ? " " : String(scalar)
    }
    return printable.joined() + (end < range.upperBound ? "…" : "")
  }
}
