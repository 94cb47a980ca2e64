extension JSONReader {
  /// Begins what an opening bracket begins; `frames.last` is what it stands in.
  mutating func open(_ token: JSONToken, _ sink: inout TableSink) {
    guard frames.count < sink.limits.depth else {
      isStopped = true
      return sink.findings.note(.limitExceeded, .init(sample: token.start..<token.start + 1))
    }
    let isObject = token.kind == .openBrace
    let parent = frames.last
    let kind = Self.kind(isObject: isObject, in: parent, tables: sink.shapes.count)
    var table = parent?.table
    if kind == .table, table == nil { table = 0 }
    if kind == .cells, table == nil { table = 0 }
    frames.append(JSONFrame(kind, isObject: isObject, table: table, start: token.start))
    switch kind {
    case .table:
      if let table { sink.begin(table: table) }
      if parent == nil { sink.findings.note(.bareRows, .init(table: table)) }
    case .row: beginRow(sink.shapes[table ?? 0])
    case .cells:
      beginRow(sink.shapes[table ?? 0])
      isRegularRow = false
      note(.rowByPosition, token, &sink)
    case .object, .wrapper, .list, .nested: break
    }
  }

  private static func kind(
    isObject: Bool,
    in parent: JSONFrame?,
    tables: Int
  ) -> JSONFrame.Kind {
    switch parent?.kind {
    case nil where !isObject && tables == 1: .table
    case nil, .list: isObject ? .object : .list
    case .object, .wrapper: isObject ? .object : parent?.table != nil ? .table : .list
    case .table: isObject ? .row : .cells
    case .row, .cells, .nested: .nested
    }
  }

  mutating func beginRow(_ shape: TableShape) {
    row = Array(repeating: .unset, count: shape.columns.count)
    rowOrder.removeAll(keepingCapacity: true)
    isRegularRow = true
  }

  mutating func commitRow(
    _ frame: JSONFrame,
    end: Int,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    guard let table = frame.table else { return }
    if isRegularRow, !rowOrder.isEmpty, orders[table].columns != rowOrder {
      orders[table] = StrictRowOrder(sink.shapes[table], columns: rowOrder)
    }
    row.withUnsafeBufferPointer {
      sink.commit($0, table: table, range: frame.start..<end, input: input)
    }
  }

  // MARK: Keys

  /// Takes the key of a member, and with the first key learns what the object is.
  mutating func beginMember(_ token: JSONToken, _ input: Input, _ sink: inout TableSink) {
    let index = frames.count - 1
    switch frames[index].kind {
    case .nested: return
    case .row: return beginCell(token, input, &sink)
    default: break
    }
    let key = keyBytes(token, input)
    let hint = frames[index].kind == .object ? frames[index].table : nil
    if frames[index].kind == .object, let table = Self.rowTable(key, hint, sink.shapes) {
      frames[index].kind = .row
      frames[index].table = table
      beginRow(sink.shapes[table])
      sink.isSeen[table] = true
      note(.bareRows, token, &sink)
      return beginCell(token, input, &sink)
    }
    frames[index].kind = .wrapper
    let spelling = Spelling.normalised(key)
    let table = sink.shapes.firstIndex { $0.spellings.contains(spelling) }
    if table != nil, index > 0 { sink.findings.note(.wrapped) }
    frames[index].table = table ?? hint
  }

  /// The table whose row begins with a key; `nil` when the key is a table's name or unknown.
  private static func rowTable(_ key: [UInt8], _ hint: Int?, _ shapes: [TableShape]) -> Int? {
    let spelling = Spelling.normalised(key)
    if shapes.contains(where: { $0.spellings.contains(spelling) }) { return nil }
    let candidates = shapes.indices.filter { index in
      hint.map { $0 == index } ?? true
        && shapes[index].columns.contains { $0.spelling == spelling }
    }
    return candidates.first { shapes[$0].columns[0].spelling == spelling } ?? candidates.first
  }

  private mutating func beginCell(_ token: JSONToken, _ input: Input, _ sink: inout TableSink) {
    let index = frames.count - 1
    guard let table = frames[index].table else { return }
    let key = keyBytes(token, input)
    guard let (column, isExact) = key.withUnsafeBufferPointer(sink.shapes[table].column) else {
      frames[index].column = nil
      isRegularRow = false
      return note(.columnUnknown, token, &sink)
    }
    if !isExact {
      isRegularRow = false
      sink.findings.note(
        .columnRenamed,
        .init(table: table, row: sink.rowCount(table), column: column, sample: token.cell.range)
      )
    }
    if row[column].form != .unset { repeatCell(column, token, input, &sink) }
    frames[index].column = column
    rowOrder.append(column)
  }

  /// A key that the row has already: the next row when this one is full and begins with it, else
  /// a correction of the value.
  private mutating func repeatCell(
    _ column: Int,
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    let index = frames.count - 1
    isRegularRow = false
    guard column == rowOrder.first, row.allSatisfy({ $0.form != .unset }),
      let table = frames[index].table
    else { return note(.duplicateKey, token, &sink) }
    note(.bracketMismatch, token, &sink)
    commitRow(frames[index], end: token.start, input, &sink)
    frames[index].start = token.start
    beginRow(sink.shapes[table])
    isRegularRow = false
  }

  private func keyBytes(_ token: JSONToken, _ input: Input) -> [UInt8] {
    let bytes = input.bytes(token.cell.range)
    guard token.cell.traits.contains(.jsonEscapes) else { return Array(bytes) }
    var key: [UInt8] = []
    _ = TextEscapes.appendJSON(bytes, to: &key)
    return key
  }

  // MARK: Values

  /// Takes the value of a member that is no array or object.
  mutating func setMember(_ token: JSONToken, _ input: Input, _ sink: inout TableSink) {
    guard let frame = frames.last else { return }
    switch frame.kind {
    case .row: setCell(token.cell, &sink)
    case .wrapper:
      if let table = frame.table { setTable(table, token, input, &sink) }
    case .object, .table, .list, .cells, .nested: break
    }
  }

  /// A value where an array of rows should be: nothing means no rows, anything else is refused.
  private mutating func setTable(
    _ table: Int,
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    sink.isSeen[table] = true
    let text = input.bytes(token.cell.range)
    let isNothing = token.cell.form == .null || text.isEmpty || text.elementsEqual("?".utf8)
    if isNothing {
      note(.malformed, token, &sink)
    } else {
      sink.refuse(token.cell.range, table: table, .badRow)
    }
  }

  /// Takes an element of an array that is no array or object; returns whether it was one.
  ///
  /// A table's name among the rows is the next key of the object around an array that was not
  /// closed.
  mutating func element(_ token: JSONToken, _ input: Input, _ sink: inout TableSink) -> Bool {
    guard let frame = frames.last else { return true }
    switch frame.kind {
    case .cells: setCell(token.cell, &sink)
    case .table, .list:
      let spelling = Spelling.normalised(keyBytes(token, input))
      let isKey = sink.shapes.contains { $0.spellings.contains(spelling) }
      if isKey, frames.count > 1, frames[frames.count - 2].isObject {
        note(.bracketMismatch, token, &sink)
        frames.removeLast()
        frames[frames.count - 1].stage = .key
        return false
      }
      if frame.kind == .table, token.cell.form != .null {
        sink.refuse(token.cell.range, table: frame.table, .badRow)
      } else {
        note(.malformed, token, &sink)
      }
    case .object, .wrapper, .row, .nested: break
    }
    return true
  }

  /// Sets the cell that is due in the innermost frame, when that is a row.
  mutating func setCell(_ cell: RawCell, _ sink: inout TableSink) {
    let index = frames.count - 1
    guard let column = frames[index].column else { return }
    guard column < row.count else {
      return sink.findings.note(
        .surplusCell,
        .init(
          table: frames[index].table,
          row: frames[index].table.map { sink.rowCount($0) },
          sample: cell.range
        )
      )
    }
    row[column] = cell
    frames[index].column = frames[index].kind == .cells ? column + 1 : nil
  }
}
