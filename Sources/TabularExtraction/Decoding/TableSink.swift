internal import TranscriptModel

/// Takes the rows that a reader finds, types their cells, and notes what is odd about them.
struct TableSink {
  let shapes: [TableShape]
  let limits: DecodingLimits
  var contents: [Table.Contents]
  /// Whether the reply has the table at all.
  var isSeen: [Bool]
  var findings: FindingCollector
  /// For each column of each table, how a cell can be read without a closer look.
  private let shortCuts: [[CellShortCut]]
  private let definitions: [TableDefinition]
  /// Where in the rows of its table each telling of a table begins.
  var tellings = RepeatedTables.Tellings()
  private(set) var refusals: [(table: Int?, range: Range<Int>)] = []

  init(schema: TableSchema, limits: DecodingLimits) {
    shapes = schema.tables.map { TableShape($0) }
    shortCuts = shapes.map { $0.columns.map { CellShortCut($0) } }
    self.limits = limits
    contents = shapes.map { _ in Table.Contents() }
    isSeen = shapes.map { _ in false }
    findings = FindingCollector(tables: shapes, rowLimit: limits.findingRows)
    definitions = schema.tables
  }

  /// A sink for the same tables, with nothing in it.
  init(emptyLike other: TableSink) {
    shapes = other.shapes
    shortCuts = other.shortCuts
    limits = other.limits
    definitions = other.definitions
    contents = shapes.map { _ in Table.Contents() }
    isSeen = shapes.map { _ in false }
    findings = FindingCollector(tables: shapes, rowLimit: limits.findingRows)
  }

  /// The rows so far.
  func tables(in reply: [UInt8]) -> [Table] {
    zip(definitions, contents).map { definition, contents in
      Table(
        name: definition.name,
        columns: definition.tableColumns,
        reply: reply,
        contents: contents
      )
    }
  }

  @inline(__always) func rowCount(_ table: Int) -> Int { contents[table].origins.count }

  /// Notes an oddity of the row that comes next in a table, or of none.
  mutating func note(_ oddity: Oddity, nextRowOf table: Int, at sample: Range<Int>? = nil) {
    findings.note(oddity, .init(table: table, row: rowCount(table), sample: sample))
  }

  /// Keeps a piece that should have been a row.
  mutating func refuse(_ range: Range<Int>, table: Int?, _ oddity: Oddity) {
    findings.note(oddity, .init(table: table, sample: range))
    keep(table, range)
  }

  /// Keeps a piece of the reply that is in no row of the result.
  mutating func keep(_ table: Int?, _ range: Range<Int>) {
    if refusals.count < limits.findingRows { refusals.append((table, range)) }
  }

  /// Marks that a table begins, or begins again: see ``settleRepeatedTables(_:)``.
  mutating func begin(table: Int) {
    tellings.begin(table, row: rowCount(table))
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
    let shortCuts = shortCuts[table]
    withUnsafeTemporaryAllocation(of: Table.Slot.self, capacity: cells.count) { slots in
      for column in 0..<cells.count {
        let cell = cells[column]
        let slot =
          shortCuts[column].slot(for: cell, input)
          ?? typedSlot(for: cell, table: table, column: column, input: input)
        slots.initializeElement(at: column, to: slot)
      }
      contents[table].slots.append(contentsOf: UnsafeBufferPointer(slots))
    }
    contents[table].origins.append(Table.Origin(range))
  }

  private func isShort(_ cells: UnsafeBufferPointer<RawCell>, _ table: Int) -> Bool {
    cells.indices.contains { cells[$0].form == .unset && shapes[table].columns[$0].isRequired }
  }
}
