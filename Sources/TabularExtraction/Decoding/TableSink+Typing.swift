internal import TranscriptModel

extension TableSink {
  /// A text that lies in the reply or, decoded, in the table's own buffer.
  private struct Text {
    var start: Int
    var count: Int
    var isOwn: Bool

    func slot(_ kind: Table.Slot.Kind) -> Table.Slot {
      Table.Slot(kind: kind, value: start, count: count, isOwn: isOwn)
    }
  }

  /// The typed value of a cell; notes whatever had to be read leniently.
  mutating func typedSlot(
    for cell: RawCell,
    table: Int,
    column: Int,
    input: Input
  ) -> Table.Slot {
    let place = FindingCollector.Place(
      table: table,
      row: rowCount(table),
      column: column,
      sample: cell.range
    )
    noteTraits(cell, place)
    switch cell.form {
    case .unset, .null: return .missing
    case .isTrue, .isFalse: return booleanSlot(cell, place)
    case .nested:
      findings.note(.badType, place)
      return text(of: cell, place, input).slot(.invalid)
    case .number, .quoted, .plain, .bare: return textSlot(cell, place, input)
    }
  }

  private mutating func noteTraits(_ cell: RawCell, _ place: FindingCollector.Place) {
    if cell.traits.isSubset(of: [.jsonEscapes, .beyondASCII]), cell.form != .bare { return }
    if cell.form == .bare { findings.note(.unquoted, place) }
    if cell.traits.contains(.tsvEscapes) { findings.note(.escapedText, place) }
    if cell.traits.contains(.controls) { findings.note(.rawControl, place) }
    if cell.traits.contains(.innerQuotes) { findings.note(.innerQuote, place) }
    if cell.traits.contains(.unclosed) { findings.note(.missingQuote, place) }
    if cell.traits.contains(.oddQuotes) { findings.note(.oddQuotes, place) }
    if cell.traits.contains(.foreignWord) { findings.note(.foreignWord, place) }
  }

  private mutating func booleanSlot(
    _ cell: RawCell,
    _ place: FindingCollector.Place
  ) -> Table.Slot {
    switch shapes[place.table ?? 0].columns[place.column ?? 0].type {
    case .boolean: return .boolean(cell.form == .isTrue)
    case .string:
      findings.note(.lenientType, place)
      return Text(start: cell.start, count: cell.range.count, isOwn: false).slot(.text)
    case .integer, .number:
      findings.note(.badType, place)
      return Text(start: cell.start, count: cell.range.count, isOwn: false).slot(.invalid)
    }
  }

  private mutating func textSlot(
    _ cell: RawCell,
    _ place: FindingCollector.Place,
    _ input: Input
  ) -> Table.Slot {
    let table = place.table ?? 0
    let shape = shapes[table].columns[place.column ?? 0]
    if cell.form == .number, shape.type == .integer,
      let value = WrittenNumber.integer(input.bytes(cell.range)[...])
    {
      return .integer(value)
    }
    let text = text(of: cell, place, input)
    let reading = withBytes(of: text, table, input) { CellReading($0, column: shape) }
    return slot(reading, text, cell, place)
  }

  private mutating func slot(
    _ reading: CellReading,
    _ text: Text,
    _ cell: RawCell,
    _ place: FindingCollector.Place
  ) -> Table.Slot {
    let shape = shapes[place.table ?? 0].columns[place.column ?? 0]
    // JSON has numbers of its own: one in quotes, or text without them, is worth a note.
    let isAsWritten = cell.form == .plain || (cell.form == .number) == (shape.type != .string)
    switch reading {
    case .missing(let isWord):
      if isWord { findings.note(.missingWord, place) }
      return .missing
    case .text, .member(_, isExact: true):
      if !isAsWritten { findings.note(.lenientType, place) }
      return text.slot(.text)
    case .member(let index, isExact: false):
      findings.note(.enumCase, place)
      return own(shape.enumValues[index], table: place.table ?? 0).slot(.text)
    case .stranger:
      findings.note(.badEnum, place)
      return text.slot(.text)
    case .integer(let value, let isExact):
      if !isExact || !isAsWritten { findings.note(.lenientType, place) }
      return .integer(value)
    case .number(let range):
      if !isAsWritten { findings.note(.lenientType, place) }
      let number = Text(start: text.start + range.lowerBound, count: range.count, isOwn: text.isOwn)
      return number.slot(.number)
    case .boolean(let flag, let isExact):
      if !isExact || cell.form != .plain { findings.note(.lenientType, place) }
      return .boolean(flag)
    case .invalid:
      findings.note(.badType, place)
      return text.slot(.invalid)
    }
  }

  /// The text of a cell, in the reply where it stands there as it is.
  private mutating func text(
    of cell: RawCell,
    _ place: FindingCollector.Place,
    _ input: Input
  ) -> Text {
    let bytes = input.bytes(cell.range)
    let table = place.table ?? 0
    let isValid = !cell.traits.contains(.beyondASCII) || UTF8Text.isValid(bytes)
    let decoded: RawCell.Traits = [.jsonEscapes, .tsvEscapes, .doubledQuotes, .escapedBars]
    guard !isValid || !cell.traits.isDisjoint(with: decoded) else {
      return Text(start: cell.start, count: cell.range.count, isOwn: false)
    }
    let start = contents[table].ownText.count
    if cell.traits.contains(.jsonEscapes) {
      let oddities = TextEscapes.appendJSON(bytes, to: &contents[table].ownText)
      if oddities.contains(.unknown) { findings.note(.badEscape, place) }
      if oddities.contains(.literal) { findings.note(.literalBackslash, place) }
    } else if cell.traits.contains(.doubledQuotes) {
      TextEscapes.append(bytes, joining: ASCII.quote, ASCII.quote, to: &contents[table].ownText)
    } else if cell.traits.contains(.escapedBars) {
      TextEscapes.append(bytes, joining: ASCII.backslash, ASCII.bar, to: &contents[table].ownText)
    } else if cell.traits.contains(.tsvEscapes) {
      let oddities = TextEscapes.appendTSV(bytes, to: &contents[table].ownText)
      if oddities.contains(.literal) { findings.note(.literalBackslash, place) }
    } else {
      contents[table].ownText.append(contentsOf: bytes)
    }
    if !isValid {
      _ = UTF8Text.repair(&contents[table].ownText, from: start)
      findings.note(.invalidUTF8, place)
    }
    return Text(start: start, count: contents[table].ownText.count - start, isOwn: true)
  }

  private mutating func own(_ bytes: [UInt8], table: Int) -> Text {
    let start = contents[table].ownText.count
    contents[table].ownText.append(contentsOf: bytes)
    return Text(start: start, count: bytes.count, isOwn: true)
  }

  private func withBytes<Result>(
    of text: Text,
    _ table: Int,
    _ input: Input,
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    guard text.isOwn else { return body(input.bytes(text.start..<text.start + text.count)) }
    return contents[table].ownText.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[text.start..<text.start + text.count]))
    }
  }
}

extension TableSink {
  /// Lets the text of the last row of a table go on to the end of a line right after it; `false`
  /// when there is no such row.
  mutating func extendLastRow(
    _ table: Int,
    _ column: Int,
    to line: Range<Int>,
    _ input: Input
  ) -> Bool {
    guard let origin = contents[table].origins.last,
      input.isBlank(Int(origin.end)..<line.lowerBound)
    else { return false }
    let row = contents[table].origins.count - 1
    let index = row * shapes[table].columns.count + column
    let slot = contents[table].slots[index]
    guard slot.isText, !slot.isOwn else { return false }
    let cell = RawCell(.plain, slot.value, line.upperBound, .beyondASCII)
    let place = FindingCollector.Place(table: table, row: row, column: column, sample: line)
    contents[table].slots[index] = text(of: cell, place, input).slot(.text)
    contents[table].origins[row] = Table.Origin(Int(origin.start)..<line.upperBound)
    findings.note(.continuationLine, .init(table: table, row: row, sample: line))
    return true
  }

  /// Decodes the entities in the texts of rows.
  mutating func decodeEntities(table: Int, rows: [Int], _ input: Input) {
    let width = shapes[table].columns.count
    for index in rows.lazy.flatMap({ $0 * width..<($0 + 1) * width }) {
      let slot = contents[table].slots[index]
      guard slot.isText else { continue }
      let text = Text(start: slot.value, count: Int(slot.count), isOwn: slot.isOwn)
      var decoded: [UInt8] = []
      withBytes(of: text, table, input) { EntityText.appendDecoded($0, to: &decoded) }
      guard decoded.count != text.count else { continue }
      contents[table].slots[index] = own(decoded, table: table).slot(slot.kind)
    }
  }
}
