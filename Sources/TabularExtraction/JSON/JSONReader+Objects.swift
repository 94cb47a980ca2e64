internal import TranscriptModel

/// Objects that do not stand in the array of a table: whether they are rows shows when they end.
///
/// A key that some table has too does not make a row of an unrelated object. Where nothing else
/// tells the table, a row must have all columns that are required of it; the name of a table around
/// it, or a whole row before it, excuses what it lacks.
extension JSONReader {
  // MARK: Members

  mutating func beginUndecidedMember(
    _ token: JSONToken,
    _ spelling: [UInt8],
    _ shapes: [TableShape]
  ) {
    let index = frames.count - 1
    let tables = frames[index].table.map { $0..<$0 + 1 } ?? shapes.indices
    let isColumn = shapes[tables].contains { shape in
      shape.columns.contains { $0.spelling == spelling }
    }
    frames[index].undecided.key = token.cell
    frames[index].undecided.isColumn = isColumn
    guard !isColumn else { return }
    frames[index].undecided.strangeKeys += 1
    frames[index].undecided.strangeKey = frames[index].undecided.strangeKey ?? token.cell.range
  }

  /// Takes a value that is no array or object; one that no row can have is let go.
  mutating func setUndecided(_ value: RawCell, _ input: Input) {
    guard let undecided = frames.last?.undecided, let key = undecided.key else { return }
    if undecided.isColumn || StringOfTables.isLikely(value, input) {
      members.append(JSONMember(key: key, value: value))
    }
  }

  /// Takes an array or object that stands where a cell does.
  mutating func setNested(_ cell: RawCell, _ sink: inout TableSink) {
    guard let parent = frames.last, parent.kind != .nested else { return }
    guard parent.kind == .object else { return setCell(cell, &sink) }
    if let key = parent.undecided.key { members.append(JSONMember(key: key, value: cell)) }
  }

  // MARK: The end of an object

  /// Makes of an object what it is: a row, columns of rows, a holder of tables, or none of these.
  mutating func endObject(
    _ frame: JSONFrame,
    end: Int,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    let own = Array(members[frame.undecided.members...])
    members.removeSubrange(frame.undecided.members...)
    let range = frame.start..<end
    let candidates = candidates(frame, own, input, sink.shapes)
    if let row = accepted(candidates, frame) {
      return take(row, frame, range, input, &sink)
    }
    if let columns = candidates.first(where: { isColumnar($0, frame, input) }) {
      return takeColumns(columns, range, input, &sink)
    }
    var holdsTables = yield > frame.undecided.yield
    for member in own where readString(member.value, table: frame.table, input, &sink) {
      holdsTables = true
    }
    let isOwnThing = frames.isEmpty || frame.undecided.isElement || frames.last?.kind == .wrapper
    if holdsTables || !isOwnThing { return }
    let isLost = frame.undecided.strangeKeys == 0 && candidates.contains { $0.scalars > 1 }
    sink.refuse(range, table: frame.table, isLost ? .badRow : .unrelatedJSON)
  }

  private func candidates(
    _ frame: JSONFrame,
    _ own: [JSONMember],
    _ input: Input,
    _ shapes: [TableShape]
  ) -> [RowCandidate] {
    if own.isEmpty || frame.table == nil && frame.undecided.needsName { return [] }
    let tables = frame.table.map { $0..<$0 + 1 } ?? shapes.indices
    return tables.map { table in
      var candidate = RowCandidate(table: table, shapes[table])
      for member in own {
        let found = keyBytes(member.key, input).withUnsafeBufferPointer(shapes[table].column)
        if let (column, isExact) = found {
          candidate.set(column, member.value, isExact ? nil : member.key.range)
        }
      }
      if frame.table != nil, let key = frame.undecided.outerKey {
        candidate.fillKeyColumn(key, input, shapes[table])
      }
      return candidate
    }
  }

  /// The table that an object is a row of, with its cells.
  private func accepted(_ candidates: [RowCandidate], _ frame: JSONFrame) -> RowCandidate? {
    let begun = frames.last?.undecided.begun ?? rootTables
    let isNamed = frame.table != nil
    let strangers = frame.undecided.strangeKeys
    let rows = candidates.filter { row in
      guard row.scalars > 0 else { return false }
      if isNamed, frame.undecided.isElement || row.isKeyed && row.scalars > 1 { return true }
      if row.isWhole { return isNamed || strangers == 0 || strangers <= row.scalars }
      return begun.contains(row.table) && strangers == 0
    }
    return rows.max { $0.scalars < $1.scalars }
  }

  private mutating func take(
    _ row: RowCandidate,
    _ frame: JSONFrame,
    _ range: Range<Int>,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    beginRows(of: row.table, &sink)
    func note(_ oddity: Oddity, _ column: Int? = nil, _ sample: Range<Int>) {
      sink.findings.note(
        oddity,
        .init(
          table: row.table,
          row: sink.rowCount(row.table),
          column: column,
          sample: sample
        )
      )
    }
    note(row.isKeyed ? .keyedRows : frame.table == nil ? .bareRows : .wrapped, nil, range)
    for (column, sample) in row.renamed { note(.columnRenamed, column, sample) }
    if row.repeats { note(.duplicateKey, nil, range) }
    if let sample = frame.undecided.strangeKey { note(.columnUnknown, nil, sample) }
    row.cells.withUnsafeBufferPointer {
      sink.commit($0, table: row.table, range: range, input: input)
    }
  }

  /// Marks the first row of a table in what stands around it; the rest of a list whose table is
  /// certain is read as that table.
  private mutating func beginRows(of table: Int, _ sink: inout TableSink) {
    yield += 1
    guard let parent = frames.last else {
      if !rootTables.contains(table) {
        rootTables.append(table)
        sink.begin(table: table)
      }
      return
    }
    if parent.undecided.begun.contains(table) { return }
    frames[frames.count - 1].undecided.begun.append(table)
    sink.begin(table: table)
    if parent.kind == .list, parent.table == table || sink.shapes.count == 1 {
      frames[frames.count - 1].kind = .table
      frames[frames.count - 1].table = table
    }
  }

  // MARK: Columns of rows

  /// Whether an object has an array for each of its columns.
  private func isColumnar(
    _ columns: RowCandidate,
    _ frame: JSONFrame,
    _ input: Input
  ) -> Bool {
    let areArrays = columns.cells.allSatisfy { cell in
      cell.form != .nested || input[cell.start] == ASCII.openBracket
    }
    return areArrays && columns.scalars == 0 && columns.nested > 1
      && (frame.table != nil || columns.lacks.isEmpty)
  }

  private mutating func takeColumns(
    _ columns: RowCandidate,
    _ range: Range<Int>,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    let lists = columns.cells.map { cell -> [RawCell]? in
      cell.form == .unset ? [] : ElementScan.scalars(of: cell, input)
    }
    let counts = Set(zip(columns.cells, lists).filter { $0.0.form != .unset }.map { $1?.count })
    guard counts.count == 1, let count = counts.first ?? nil else {
      return sink.refuse(range, table: columns.table, .unevenColumns)
    }
    beginRows(of: columns.table, &sink)
    sink.findings.note(.columnar, .init(table: columns.table))
    for index in 0..<count {
      let cells = lists.map { list in
        list.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? .unset
      }
      let place = cells.first { $0.form != .unset }?.range ?? range
      cells.withUnsafeBufferPointer {
        sink.commit($0, table: columns.table, range: place, input: input)
      }
    }
  }
}

/// An object read as a row of a table.
private struct RowCandidate {
  let table: Int
  private(set) var cells: [RawCell]
  /// The number of columns with a value.
  private(set) var scalars = 0
  /// The number of columns with an array or object.
  private(set) var nested = 0
  /// The columns under another spelling, with their keys.
  private(set) var renamed: [(Int, Range<Int>)] = []
  private(set) var repeats = false
  /// Whether the key around the object gave the value of a column.
  private(set) var isKeyed = false
  private let required: [Int]

  init(table: Int, _ shape: TableShape) {
    self.table = table
    cells = Array(repeating: .unset, count: shape.columns.count)
    let required = shape.columns.indices.filter { shape.columns[$0].isRequired }
    self.required = required.isEmpty ? Array(shape.columns.indices) : required
  }

  /// Whether every required column has a value.
  var isWhole: Bool {
    required.allSatisfy { cells[$0].form != .unset && cells[$0].form != .nested }
  }

  /// The required columns that are not there at all.
  var lacks: [Int] { required.filter { cells[$0].form == .unset } }

  mutating func set(_ column: Int, _ cell: RawCell, _ renamedBy: Range<Int>?) {
    repeats = repeats || cells[column].form != .unset
    if cells[column].form == .nested { nested -= 1 }
    if cells[column].form != .nested, cells[column].form != .unset { scalars -= 1 }
    cells[column] = cell
    if cell.form == .nested { nested += 1 } else { scalars += 1 }
    if let renamedBy { renamed.append((column, renamedBy)) }
  }

  /// Takes the key around the object as its voice or start, when that is missing: speakers written
  /// as an object by voice, rows by their time.
  mutating func fillKeyColumn(_ key: RawCell, _ input: Input, _ shape: TableShape) {
    guard scalars > 0,
      let column = shape.columns.firstIndex(where: { $0.role == .voice })
        .flatMap({ cells[$0].form == .unset ? $0 : nil })
        ?? shape.columns.firstIndex(where: { $0.role == .start })
        .flatMap({ cells[$0].form == .unset ? $0 : nil })
    else { return }
    let text = input.bytes(key.range)
    let reading = CellReading(text, column: shape.columns[column])
    let isTime = shape.columns[column].role != .start || text.first.map(Input.isDigit) == true
    if case .invalid = reading { return }
    guard isTime, !text.isEmpty, text.contains(where: Input.isDigit) else { return }
    set(column, key, nil)
    isKeyed = true
  }
}

/// The elements of an array inside a cell.
enum ElementScan {
  /// The values; `nil` when the cell is no array, or holds arrays or objects.
  static func scalars(of cell: RawCell, _ input: Input) -> [RawCell]? {
    guard cell.form == .nested, input[cell.start] == ASCII.openBracket else { return nil }
    let inside = Input(base: input.base, end: cell.end, isFinal: true)
    let context = JSONScanner.Context(isKey: false, isObject: false, shape: nil)
    var scanner = JSONScanner()
    scanner.position = cell.start + 1
    var cells: [RawCell] = []
    while let token = scanner.next(inside, context, { _, _ in }) {
      switch token.kind {
      case .scalar: cells.append(token.cell)
      case .comma: continue
      case .closeBracket: return cells
      case .openBrace, .openBracket, .closeBrace, .colon: return nil
      }
    }
    return cells
  }
}
