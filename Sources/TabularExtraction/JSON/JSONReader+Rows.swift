extension JSONReader {
  /// Begins what an opening bracket begins; `frames.last` is what it stands in.
  mutating func open(_ token: JSONToken, _ sink: inout TableSink) {
    guard frames.count < sink.limits.depth else {
      isStopped = true
      return sink.findings.note(.limitExceeded, .init(sample: token.start..<token.start + 1))
    }
    var frame = frame(opening: token)
    frame.undecided.members = members.count
    frame.undecided.yield = yield
    if frame.kind == .table, let table = frame.table {
      if frames.count > 1 { sink.findings.note(.wrapped) }
      sink.begin(table: table)
      yield += 1
    }
    frames.append(frame)
    switch frame.kind {
    case .row: beginRow(sink.shapes[frame.table ?? 0])
    case .cells:
      beginRow(sink.shapes[frame.table ?? 0])
      isRegularRow = false
      note(.rowByPosition, token, &sink)
    case .object, .wrapper, .table, .list, .nested: break
    }
  }

  /// What a bracket begins, told by what it stands in.
  private func frame(opening token: JSONToken) -> JSONFrame {
    let isObject = token.kind == .openBrace
    func frame(_ kind: JSONFrame.Kind, table: Int? = nil) -> JSONFrame {
      JSONFrame(kind, isObject: isObject, table: table, start: token.start)
    }
    guard let parent = frames.last else {
      return isObject || rootTable == nil
        ? frame(isObject ? .object : .list, table: rootTable) : frame(.table, table: rootTable)
    }
    switch parent.kind {
    case .table: return frame(isObject ? .row : .cells, table: parent.table)
    case .row, .cells, .nested: return frame(.nested, table: parent.table)
    case .wrapper where parent.table != nil && !isObject: return frame(.table, table: parent.table)
    case .object where parent.undecided.isColumn: return frame(.nested, table: parent.table)
    case .object, .wrapper, .list:
      var child = frame(isObject ? .object : .list, table: parent.table)
      child.undecided.isElement = parent.kind == .list
      child.undecided.outerKey = parent.kind == .object ? parent.undecided.key : nil
      child.undecided.needsName =
        parent.undecided.needsName
        || parent.kind == .object && parent.undecided.members < members.count
      return child
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

  /// Takes the key of a member; the name of a table tells that the object holds tables.
  mutating func beginMember(_ token: JSONToken, _ input: Input, _ sink: inout TableSink) {
    let index = frames.count - 1
    switch frames[index].kind {
    case .nested: return
    case .row: return beginCell(token, input, &sink)
    case .object, .wrapper, .table, .list, .cells: break
    }
    let spelling = Spelling.normalised(keyBytes(token, input))
    let table = sink.shapes.firstIndex { $0.spellings.contains(spelling) }
    if table != nil, frames[index].kind == .object {
      frames[index].kind = .wrapper
      members.removeSubrange(frames[index].undecided.members...)
    }
    if frames[index].kind == .wrapper {
      frames[index].table = table
    } else {
      beginUndecidedMember(token, spelling, sink.shapes)
    }
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

  func keyBytes(_ token: JSONToken, _ input: Input) -> [UInt8] { keyBytes(token.cell, input) }

  func keyBytes(_ cell: RawCell, _ input: Input) -> [UInt8] {
    let bytes = input.bytes(cell.range)
    guard cell.traits.contains(.jsonEscapes) else { return Array(bytes) }
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
      if readString(token.cell, table: frame.table, input, &sink) { return }
      if let table = frame.table { setTable(table, token, input, &sink) }
    case .object: setUndecided(token.cell, input)
    case .table, .list, .cells, .nested: break
    }
  }

  /// A value where an array of rows should be: nothing means no rows, anything else is refused.
  private mutating func setTable(
    _ table: Int,
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    let text = input.bytes(token.cell.range)
    sink.isSeen[table] = true
    yield += 1
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
      let hasRows = frame.kind == .table || !frame.undecided.begun.isEmpty
      if isKey, hasRows, frames.count > 1, frames[frames.count - 2].isObject {
        note(.bracketMismatch, token, &sink)
        frames.removeLast()
        frames[frames.count - 1].stage = .key
        return false
      }
      if readString(token.cell, table: frame.table, input, &sink) { return true }
      if frame.kind == .table, token.cell.form != .null {
        sink.refuse(token.cell.range, table: frame.table, .badRow)
      } else if hasRows {
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
