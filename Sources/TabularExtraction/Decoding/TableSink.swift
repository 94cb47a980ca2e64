internal import TranscriptModel

/// Takes the rows that a reader finds, types their cells, and notes what is odd about them.
struct TableSink {
  let shapes: [TableShape]
  let limits: DecodingLimits
  var contents: [Table.Contents]
  /// Whether the reply has the table at all.
  var isSeen: [Bool]
  var findings: FindingCollector
  private(set) var refusals: [(table: Int?, range: Range<Int>)] = []

  init(schema: TableSchema, limits: DecodingLimits) {
    shapes = schema.tables.map(TableShape.init)
    self.limits = limits
    contents = shapes.map { _ in Table.Contents() }
    isSeen = shapes.map { _ in false }
    findings = FindingCollector(tables: shapes, rowLimit: limits.findingRows)
  }

  @inline(__always) func rowCount(_ table: Int) -> Int { contents[table].origins.count }

  /// Notes an oddity of the row that comes next in a table, or of none.
  mutating func note(_ oddity: Oddity, nextRowOf table: Int, at sample: Range<Int>? = nil) {
    findings.note(oddity, .init(table: table, row: rowCount(table), sample: sample))
  }

  /// Keeps a piece that should have been a row.
  mutating func refuse(_ range: Range<Int>, table: Int?, _ oddity: Oddity) {
    findings.note(oddity, .init(table: table, sample: range))
    if refusals.count < limits.findingRows { refusals.append((table, range)) }
  }

  /// Marks that a table begins; what follows is joined to the rows that are there already.
  mutating func begin(table: Int) {
    if isSeen[table] { findings.note(.repeatedTable, .init(table: table)) }
    isSeen[table] = true
  }

  /// Adds a row, or refuses it when it is too long or has no value at all.
  mutating func commit(
    _ cells: UnsafeBufferPointer<RawCell>,
    table: Int,
    range: Range<Int>,
    input: Input
  ) {
    var set = 0
    var isTooLong = range.count > limits.rowBytes
    for cell in cells where cell.form != .unset {
      set += 1
      if cell.end - cell.start > limits.cellBytes { isTooLong = true }
    }
    guard set > 0, !isTooLong else {
      return refuse(range, table: table, isTooLong ? .limitExceeded : .badRow)
    }
    if set < cells.count, isShort(cells, table) { note(.shortRow, nextRowOf: table, at: range) }
    for column in 0..<cells.count {
      let slot = slot(for: cells[column], table: table, column: column, input: input)
      contents[table].slots.append(slot)
    }
    contents[table].origins.append(Table.Origin(range))
  }

  private func isShort(_ cells: UnsafeBufferPointer<RawCell>, _ table: Int) -> Bool {
    cells.indices.contains { cells[$0].form == .unset && shapes[table].columns[$0].isRequired }
  }

  @inline(__always)
  private mutating func slot(
    for cell: RawCell,
    table: Int,
    column: Int,
    input: Input
  ) -> Table.Slot {
    // Nearly all cells are long enough plain text or digits; everything else goes the long way.
    let isText = cell.form == .quoted || cell.form == .plain
    if isText, cell.traits.isEmpty, cell.end - cell.start > 8,
      shapes[table].columns[column].takesAnyText, input[cell.start] > 0x20
    {
      return Table.Slot(kind: .text, value: cell.start, count: cell.end - cell.start)
    }
    return typedSlot(for: cell, table: table, column: column, input: input)
  }
}
