internal import TabularExtraction
internal import TranscriptModel

/// Carries tables that are neither transcript nor speakers into the whole: one after the other, equal
/// rows of two pieces once, voices and rows renumbered.
struct TableCarrier {
  let pieces: [PieceRows]
  let voices: [PieceVoices]
  let numbering: VoiceNumbering
  /// The name of the transcript's table.
  let rowTable: String?

  /// The table of a name made of all pieces' tables of that name.
  func table(named name: String, _ map: inout RowMap) -> Table? {
    let sources = pieces.enumerated().compactMap { number, piece in
      piece.piece.tables.first { $0.name == name }.map { (piece: number, table: $0) }
    }
    guard let model = sources.first?.table else { return nil }
    var rows: [Row] = []
    var known: [[Cell]: Int] = [:]
    for (piece, table) in sources where table.columns == model.columns {
      var own: [[Cell]: Int] = [:]
      for row in 0..<table.rowCount {
        let cells = cells(row, of: table, piece, map)
        if let index = known[cells] {
          rows[index].sources.append((piece, row))
        } else {
          own[cells] = rows.count
          rows.append(Row(cells: cells, start: start(cells, model), sources: [(piece, row)]))
        }
      }
      known.merge(own) { old, _ in old }
    }
    return build(rows, like: model, &map)
  }

  private struct Row {
    let cells: [Cell]
    /// The start; that of the row before for a row without one.
    let start: Int?
    var sources: [(piece: Int, row: Int)]
  }

  private func start(_ cells: [Cell], _ table: Table) -> Int? {
    guard let column = table.column(.start), case .time(let time) = cells[column] else {
      return nil
    }
    return time.milliseconds
  }

  private func build(_ rows: [Row], like model: Table, _ map: inout RowMap) -> Table {
    var table = Table(name: model.name, columns: model.columns)
    for row in inOrder(rows) {
      for source in row.sources {
        map.note(model.name, piece: source.piece, row: source.row, to: table.rowCount)
      }
      table.append(row.cells)
    }
    return table
  }

  /// Rows that all have a time stand in the order of time.
  private func inOrder(_ rows: [Row]) -> [Row] {
    guard rows.allSatisfy({ $0.start != nil }) else { return rows }
    return rows.enumerated()
      .sorted { ($0.element.start ?? 0, $0.offset) < ($1.element.start ?? 0, $1.offset) }
      .map(\.element)
  }

  // MARK: References

  private func cells(_ row: Int, of table: Table, _ piece: Int, _ map: RowMap) -> [Cell] {
    table.columns.indices.map { column in
      let cell = table[row, column]
      switch table.columns[column].role {
      case .voice: return voice(cell, table.columns[column], piece)
      case .row: return self.row(cell, piece, map)
      default: return cell
      }
    }
  }

  private func voice(_ cell: Cell, _ column: Column, _ piece: Int) -> Cell {
    guard let number = Self.number(cell),
      let new = numbering.numbers[VoiceNode(piece: piece, voice: number)]
    else { return cell }
    return SpeakerMerger.cell(new, like: column)
  }

  /// Rows are counted from 1, as prompts and readers count them.
  private func row(_ cell: Cell, _ piece: Int, _ map: RowMap) -> Cell {
    guard let rowTable, let number = Self.number(cell), number > 0,
      let target = map.target(rowTable, piece: piece, row: number - 1)
    else { return cell }
    if case .text = cell { return .text(String(target + 1)) }
    return .integer(target + 1)
  }

  private static func number(_ cell: Cell) -> Int? {
    switch cell {
    case .integer(let number): number
    case .text(let text): Int(text)
    default: nil
    }
  }
}
