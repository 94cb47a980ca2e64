internal import TabularExtraction
internal import TranscriptModel

/// Puts the speakers of one reply into the tables of another that has the same voices.
enum SpeakerRows {
  /// The tables with a row for each voice that had none and now has one; a table of speakers that is
  /// not there yet is added.
  static func merged(_ described: Table?, into tables: [Table], speakers: Table?) -> [Table] {
    guard let described, let voice = described.column(.voice) else { return tables }
    guard let speakers, let own = speakers.column(.voice),
      let index = tables.firstIndex(where: { $0.name == speakers.name })
    else { return tables + [described] }
    var known: Set<Cell> = []
    for row in 0..<speakers.rowCount where hasName(speakers, row) {
      known.insert(speakers[row, own])
    }
    var merged = Table(name: speakers.name, columns: speakers.columns)
    for row in 0..<speakers.rowCount where known.contains(speakers[row, own]) {
      merged.append(speakers.columns.indices.map { speakers[row, $0] })
    }
    for row in 0..<described.rowCount where !known.contains(described[row, voice]) {
      merged.append(cells(of: described, row, as: speakers.columns))
    }
    var tables = tables
    tables[index] = sorted(merged, by: own)
    return tables
  }

  /// The names that a table of speakers has, by voice.
  static func names(in table: Table) -> [Int: Cell] {
    guard let voice = table.column(.voice), let name = table.column(.name) else { return [:] }
    var names: [Int: Cell] = [:]
    for row in 0..<table.rowCount where table[row, name] != .missing {
      guard case .integer(let number) = table[row, voice] else { continue }
      names[number] = names[number] ?? table[row, name]
    }
    return names
  }

  /// The tables with names where they were missing; nothing else changes but that a voice which had no
  /// row gets one.
  static func filled(_ tables: [Table], with names: [Int: Cell]) -> [Table] {
    guard let speakers = TranscriptTables(tables).speakers,
      let voice = speakers.column(.voice), let name = speakers.column(.name),
      let index = tables.firstIndex(where: { $0.name == speakers.name })
    else { return tables }
    var filled = Table(name: speakers.name, columns: speakers.columns)
    var left = names
    for row in 0..<speakers.rowCount {
      var cells = speakers.columns.indices.map { speakers[row, $0] }
      if case .integer(let number) = cells[voice], let found = left.removeValue(forKey: number),
        cells[name] == .missing
      {
        cells[name] = found
      }
      filled.append(cells)
    }
    for (number, found) in left.sorted(by: { $0.key < $1.key }) {
      var cells = [Cell](repeating: .missing, count: speakers.columns.count)
      (cells[voice], cells[name]) = (.integer(number), found)
      filled.append(cells)
    }
    var tables = tables
    tables[index] = filled
    return tables
  }

  /// The rows about some voices under other numbers.
  ///
  /// - Parameter voices: The numbers that rows have, by those that they are to have.
  static func renumbered(_ table: Table, _ voices: [Int: Int]) -> Table {
    var result = Table(name: table.name, columns: table.columns)
    guard let voice = table.column(.voice) else { return result }
    for (own, whole) in voices.sorted(by: { $0.key < $1.key }) {
      for row in 0..<table.rowCount where table[row, voice] == .integer(whole) {
        var cells = table.columns.indices.map { table[row, $0] }
        cells[voice] = .integer(own)
        result.append(cells)
      }
    }
    return result
  }

  private static func hasName(_ table: Table, _ row: Int) -> Bool {
    table.column(.name).map { table[row, $0] != .missing } ?? true
  }

  /// The cells of a row for other columns: by role, else by name.
  private static func cells(of table: Table, _ row: Int, as columns: [Column]) -> [Cell] {
    columns.map { column in
      let place =
        column.role.flatMap(table.column)
        ?? table.column(named: column.name)
      return place.map { table[row, $0] } ?? .missing
    }
  }

  private static func sorted(_ table: Table, by column: Int) -> Table {
    let rows = (0..<table.rowCount).sorted { first, second in
      guard case .integer(let one) = table[first, column],
        case .integer(let other) = table[second, column]
      else { return first < second }
      return (one, first) < (other, second)
    }
    var result = Table(name: table.name, columns: table.columns)
    for row in rows { result.append(table.columns.indices.map { table[row, $0] }) }
    return result
  }
}
