/// Reads tables from JSON, strict or as models write it, in pieces of any size.
///
/// Rows that are strict JSON with the keys of the row before take a short cut
/// (`JSONReader+StrictRows.swift`); everything else goes token by token through the frames below.
struct JSONReader {
  var scanner = JSONScanner()
  var frames: [JSONFrame] = []
  /// The members of the objects that have not said what they are, those of the innermost last.
  var members: [JSONMember] = []
  /// The table that a reply without its name belongs to; `nil` when rows must show theirs.
  let rootTable: Int?
  /// How many strings of JSON the text being read lies in.
  let stringDepth: Int
  /// The number of tables begun and of rows taken from objects outside of named tables.
  var yield = 0
  /// The tables with rows outside of any array or object.
  var rootTables: [Int] = []
  /// The cells of the row being read, by column.
  var row: [RawCell] = []
  /// The columns of the row being read, in the order of its keys; empty once it is irregular.
  var rowOrder: [Int] = []
  var isRegularRow = true
  /// The order of keys in the last regular row of each table.
  var orders: [StrictRowOrder]
  /// The number of documents that have begun.
  var documents = 0
  /// Where the text before the next document begins.
  var proseStart = 0
  /// Whether a limit ended the reading.
  var isStopped = false
  /// Whether the reply turned out to be TSV, whose first tag stands at `scanner.position`.
  var isOtherEncoding = false
  /// How far a string around the whole reply has been searched for its end.
  var stringEnd: Int?

  /// - Parameters:
  ///   - rootTable: The table whose rows are to come without its name, when that is known.
  ///   - start: Where in the reply the reading begins.
  init(shapes: [TableShape], rootTable: Int? = nil, start: Int = 0, stringDepth: Int = 0) {
    self.rootTable = rootTable
    self.stringDepth = stringDepth
    scanner.position = start
    proseStart = start
    orders = shapes.map { StrictRowOrder($0, columns: Array($0.columns.indices)) }
  }

  /// Reads as far as the bytes that arrived allow.
  mutating func advance(_ input: Input, _ sink: inout TableSink) {
    while !isStopped, !isOtherEncoding {
      guard let frame = frames.last else {
        guard beginDocument(input, &sink) else { return }
        continue
      }
      if frame.kind == .table, frame.stage == .value, !readStrictRows(input, &sink) { return }
      guard let token = nextToken(input, &sink) else { return }
      take(token, input, &sink)
    }
  }

  /// Ends the reading: whatever has begun and not ended is cut off.
  mutating func finish(_ input: Input, modelStopped: Bool, _ sink: inout TableSink) {
    advance(input, &sink)
    guard let last = frames.last, !isStopped else {
      if readCutString(input, &sink) { return }
      noteProse(proseStart..<input.end, input, &sink)
      return
    }
    let isBetweenTables = frames.allSatisfy { $0.kind == .wrapper || $0.kind == .object }
    if modelStopped, isBetweenTables, members.isEmpty {
      sink.findings.note(.bracketMismatch)
      return
    }
    if readCutString(input, &sink) { return }
    let row = frames.last { frame in
      frame.kind == .row || frame.kind == .cells
        || frame.kind == .object && frame.undecided.members < members.count
    }
    if let row {
      sink.refuse(row.start..<input.end, table: row.table, .truncated)
    } else {
      sink.findings.note(.truncated, .init(table: last.table))
    }
  }

  private mutating func nextToken(_ input: Input, _ sink: inout TableSink) -> JSONToken? {
    guard let frame = frames.last else { return nil }
    let context = JSONScanner.Context(
      isKey: frame.stage == .key,
      isObject: frame.isObject,
      shape: frame.kind == .row ? frame.table.map { sink.shapes[$0] } : nil
    )
    return scanner.next(input, context) { oddity, range in
      sink.findings.note(oddity, .init(table: frame.table, sample: range))
    }
  }

  /// Offers a token to the innermost frame, and to those around it while it ends them.
  private mutating func take(_ token: JSONToken, _ input: Input, _ sink: inout TableSink) {
    while let frame = frames.last {
      let isTaken =
        frame.isObject ? objectStep(token, input, &sink) : arrayStep(token, input, &sink)
      if isTaken || isStopped { return }
    }
    // It ended everything and was not taken: it belongs to the text around the documents.
    scanner.position = token.start
    proseStart = token.start
  }

  // MARK: Objects

  private mutating func objectStep(
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    switch frames[frames.count - 1].stage {
    case .key: return keyStep(token, input, &sink)
    case .colon:
      if token.kind == .colon {
        setStage(.value)
        return true
      }
      note(.malformed, token, &sink)
      setStage(token.kind == .scalar || token.isOpening ? .value : .separator)
      return false
    case .value: return valueStep(token, input, &sink)
    case .separator: return memberEndStep(token, input, &sink)
    }
  }

  private mutating func keyStep(
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    let frame = frames[frames.count - 1]
    switch token.kind {
    case .scalar:
      frames[frames.count - 1].hasComma = false
      setStage(.colon)
      beginMember(token, input, &sink)
      return true
    case .comma, .colon:
      note(token.kind == .comma ? .strayComma : .malformed, token, &sink)
      return true
    case .closeBrace:
      if frame.hasComma { note(.strayComma, token, &sink) }
      close(at: scanner.position, input, &sink)
      return true
    case .closeBracket: return endUnclosed(token, input, &sink)
    case .openBrace, .openBracket:
      if frame.kind == .row { return endUnclosed(token, input, &sink) }
      note(.malformed, token, &sink)
      open(token, &sink)
      return true
    }
  }

  private mutating func valueStep(
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    switch token.kind {
    case .scalar:
      setStage(.separator)
      setMember(token, input, &sink)
      return true
    case .openBrace, .openBracket:
      setStage(.separator)
      open(token, &sink)
      return true
    case .colon:
      note(.malformed, token, &sink)
      return true
    case .comma, .closeBrace, .closeBracket:
      note(.malformed, token, &sink)
      setStage(.separator)
      return false
    }
  }

  private mutating func memberEndStep(
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    switch token.kind {
    case .comma:
      frames[frames.count - 1].hasComma = true
      setStage(.key)
      return true
    case .closeBrace:
      close(at: scanner.position, input, &sink)
      return true
    case .colon:
      note(.malformed, token, &sink)
      return true
    case .scalar, .openBrace, .openBracket, .closeBracket:
      if token.kind == .scalar { note(.missingComma, token, &sink) }
      setStage(.key)
      return false
    }
  }

  // MARK: Arrays

  private mutating func arrayStep(
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    let frame = frames[frames.count - 1]
    switch token.kind {
    case .closeBracket:
      if frame.hasComma { note(.strayComma, token, &sink) }
      close(at: scanner.position, input, &sink)
      return true
    case .closeBrace: return endUnclosed(token, input, &sink)
    case .colon:
      note(.malformed, token, &sink)
      return true
    case .comma:
      if frame.stage == .value { note(.strayComma, token, &sink) }
      frames[frames.count - 1].hasComma = frame.stage == .separator
      setStage(.value)
      return true
    case .scalar, .openBrace, .openBracket:
      if frame.stage == .separator { note(.missingComma, token, &sink) }
      frames[frames.count - 1].hasComma = false
      setStage(.separator)
      guard token.isOpening else { return element(token, input, &sink) }
      open(token, &sink)
      return true
    }
  }

  // MARK: Brackets

  /// Ends a frame that another bracket or a new row shows to be over.
  ///
  /// The token is kept for the frames around it. A bracket that no frame waits for is skipped.
  private mutating func endUnclosed(
    _ token: JSONToken,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    note(.bracketMismatch, token, &sink)
    let isAwaited =
      switch token.kind {
      case .closeBrace: frames.contains { $0.isObject }
      case .closeBracket: frames.contains { !$0.isObject }
      default: true
      }
    guard isAwaited else { return true }
    close(at: token.start, input, &sink)
    return false
  }

  private mutating func close(at end: Int, _ input: Input, _ sink: inout TableSink) {
    let frame = frames.removeLast()
    switch frame.kind {
    case .row, .cells: commitRow(frame, end: end, input, &sink)
    case .nested: setNested(RawCell(.nested, frame.start, end, .beyondASCII), &sink)
    case .object: endObject(frame, end: end, input, &sink)
    case .wrapper, .table, .list: break
    }
    if frames.isEmpty { proseStart = end }
  }

  func note(_ oddity: Oddity, _ token: JSONToken, _ sink: inout TableSink) {
    sink.findings.note(
      oddity,
      .init(
        table: frames.last?.table,
        row: frames.last?.table.map { sink.rowCount($0) },
        sample: token.start..<max(token.start + 1, scanner.position)
      )
    )
  }

  private mutating func setStage(_ stage: JSONFrame.Stage) {
    frames[frames.count - 1].stage = stage
  }
}
