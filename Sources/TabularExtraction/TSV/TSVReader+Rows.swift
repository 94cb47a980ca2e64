internal import TranscriptModel

extension TSVReader {
  /// Reads what stands between two line ends or tags inside a block.
  mutating func takeRow(
    _ line: Range<Int>,
    isWhole: Bool,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    guard let open = block else { return }
    if open.json != nil || beginsJSON(line, open, input) {
      block?.json = open.json ?? line.lowerBound
      return
    }
    guard isWhole else { return takeCutLine(line, open, input, &sink) }
    let line = withoutLineEnd(line, open, input, &sink)
    let text = input.trimmed(line)
    if text.isEmpty { return }
    if Prose.isFence(text, input) {
      return sink.findings.note(.fenced, .init(sample: text))
    }
    guard open.layout != nil else { return takeFirstLine(line, open, input, &sink) }
    takeLine(line, input, &sink)
  }

  /// Whether the content of a block is JSON: it begins with a bracket, and a bracket or key follows.
  private func beginsJSON(_ line: Range<Int>, _ open: TSVBlock, _ input: Input) -> Bool {
    guard open.layout == nil else { return false }
    let text = input.trimmed(line)
    guard let first = text.first,
      input[first] == ASCII.openBrace || input[first] == ASCII.openBracket
    else { return false }
    let rest = input.trimmed(text.dropFirst())
    return rest.first.map { "{[\"'".utf8.contains(input[$0]) } ?? true
  }

  /// Takes what a cut left of a line: whole only when it ends in the beginning of a closing tag.
  private mutating func takeCutLine(
    _ line: Range<Int>,
    _ open: TSVBlock,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    let cut = line.last { input[$0] == ASCII.less }
    if let cut, cut + 1 < line.upperBound, input[cut + 1] == ASCII.slash,
      BlockTags.isPrefix(cut..<line.upperBound, input, [sink.shapes[open.table]])
    {
      return takeRow(line.lowerBound..<cut, isWhole: true, input, &sink)
    }
    var rest = line
    if open.layout?.hasLiteralNewlines == true {
      let lines = LinePieces.literal(UInt8(ascii: "n"), line, input)
      for line in lines.dropLast() where !input.isBlank(line) { takeCells(line, input, &sink) }
      rest = lines.last ?? rest
    }
    if !input.isBlank(rest), open.layout != nil {
      sink.refuse(rest, table: open.table, .truncated)
    }
  }

  private func withoutLineEnd(
    _ line: Range<Int>,
    _ open: TSVBlock,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Range<Int> {
    guard let last = line.last, input[last] == ASCII.carriageReturn else { return line }
    sink.findings.note(.carriageReturns, .init(table: open.table))
    return line.lowerBound..<last
  }

  private mutating func takeFirstLine(
    _ line: Range<Int>,
    _ open: TSVBlock,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    let shape = sink.shapes[open.table]
    guard let header = TSVHeader(line, input, shape) else {
      sink.findings.note(.headerMissing, .init(table: open.table, sample: line))
      let separator = separator(line, open, input, shape)
      if let oddity = separator.oddity {
        sink.findings.note(oddity, .init(table: open.table, sample: line))
      }
      block?.layout = TSVLayout(shape, separator: separator)
      return takeLine(line, input, &sink)
    }
    for (oddity, column) in header.oddities {
      sink.findings.note(oddity, .init(table: open.table, column: column, sample: line))
    }
    block?.layout = header.layout
    if header.end < line.upperBound { takeLine(header.end..<line.upperBound, input, &sink) }
  }

  /// What stands between the cells of a first row without a header.
  private func separator(
    _ line: Range<Int>,
    _ open: TSVBlock,
    _ input: Input,
    _ shape: TableShape
  ) -> TSVLayout.Separator {
    let layout = TSVLayout(shape)
    let count = shape.columns.count
    guard input.firstIndex(of: ASCII.tab, in: line) == nil, count > 1 else { return .tab }
    let attempts: [(TSVLayout.Separator, [Range<Int>])] = [
      (.bars, LinePieces.bars(line, input)),
      (.commas, LinePieces.csv(ASCII.comma, line, input) ?? []),
      (.semicolons, LinePieces.csv(ASCII.semicolon, line, input) ?? []),
    ]
    let found = attempts.first { $0.1.count == count && isPlausible($0.1, layout, input, shape) }
    return found?.0 ?? .tab
  }

  private mutating func takeLine(_ line: Range<Int>, _ input: Input, _ sink: inout TableSink) {
    guard block?.layout?.hasLiteralNewlines == true else { return takeCells(line, input, &sink) }
    for line in LinePieces.literal(UInt8(ascii: "n"), line, input) where !input.isBlank(line) {
      takeCells(line, input, &sink)
    }
  }

  // MARK: Cells

  private mutating func takeCells(_ line: Range<Int>, _ input: Input, _ sink: inout TableSink) {
    guard let open = block, let layout = open.layout else { return }
    let shape = sink.shapes[open.table]
    guard let line = closedLine(line, layout, input) else { return }
    let pieces = divide(line, layout, open, input, &sink)
    if layout.separator == .bars, isRule(pieces, input) { return }
    if isHeader(pieces, layout, input, shape) {
      return sink.findings.note(.headerRepeated, .init(table: open.table, sample: line))
    }
    if let held = open.held {
      if join(pieces, line, to: held, layout, input, &sink) { return }
      commitHeld(held, input, &sink)
      block?.held = nil
    }
    if pieces.count >= layout.columns.count {
      return commit(fitted(pieces, layout, open, input, &sink), line, input, &sink)
    }
    takeShortLine(pieces, line, layout, input, &sink)
  }

  /// A line of CSV with those before it in which its quotes were opened; `nil` while they are open.
  private mutating func closedLine(
    _ line: Range<Int>,
    _ layout: TSVLayout,
    _ input: Input
  ) -> Range<Int>? {
    guard let separator = layout.separator.csv else { return line }
    let start = block?.openQuote?.start ?? line.lowerBound
    let lines = (block?.openQuote?.lines ?? 0) + 1
    let whole = start..<line.upperBound
    if LinePieces.csv(separator, whole, input) == nil, lines < TSVBlock.longestQuote {
      block?.openQuote = (start, lines)
      return nil
    }
    block?.openQuote = nil
    return whole
  }

  /// Whether a line is the one under the header of a Markdown table.
  private func isRule(_ pieces: [Range<Int>], _ input: Input) -> Bool {
    pieces.allSatisfy { piece in
      !piece.isEmpty && piece.allSatisfy { input[$0] == ASCII.minus || input[$0] == ASCII.colon }
    }
  }

  /// The cells of a line; one without tabs is divided by what it has instead.
  private func divide(
    _ line: Range<Int>,
    _ layout: TSVLayout,
    _ open: TSVBlock,
    _ input: Input,
    _ sink: inout TableSink
  ) -> [Range<Int>] {
    let count = layout.columns.count
    var pieces: [Range<Int>] = []
    if layout.separator == .literal { return LinePieces.literal(UInt8(ascii: "t"), line, input) }
    if layout.separator == .bars { return LinePieces.bars(line, input) }
    if let csv = layout.separator.csv { return LinePieces.csv(csv, line, input) ?? [line] }
    LinePieces.tabs(line, input, into: &pieces)
    guard pieces.count == 1, count > 1 else { return pieces }
    let literal = LinePieces.literal(UInt8(ascii: "t"), line, input)
    if literal.count == count {
      sink.note(.literalTabs, nextRowOf: open.table, at: line)
      return literal
    }
    let spaced = LinePieces.spaces(2, line, input)
    let shape = sink.shapes[open.table]
    let words = layout.textCell.flatMap { LinePieces.words(around: $0, of: count, line, input) }
    for attempt in [spaced, words ?? []] where attempt.count == count {
      guard layout.separator == .spaces || isPlausible(attempt, layout, input, shape) else {
        continue
      }
      if layout.separator != .spaces { sink.note(.spaceAligned, nextRowOf: open.table, at: line) }
      return attempt
    }
    return layout.separator == .spaces ? spaced : pieces
  }

  /// Whether cells divided at spaces have the types of their columns.
  private func isPlausible(
    _ pieces: [Range<Int>],
    _ layout: TSVLayout,
    _ input: Input,
    _ shape: TableShape
  ) -> Bool {
    guard layout.beginsRow(pieces[0], input, shape) == true else { return false }
    return zip(pieces, layout.columns).allSatisfy { piece, column in
      guard let column, shape.columns[column].type != .string else { return true }
      return CellReading(input.bytes(piece), column: shape.columns[column]) != .invalid
    }
  }

  private func isHeader(
    _ pieces: [Range<Int>],
    _ layout: TSVLayout,
    _ input: Input,
    _ shape: TableShape
  ) -> Bool {
    guard pieces.count == layout.columns.count else { return false }
    return zip(pieces, layout.columns).allSatisfy { piece, column in
      guard let column else { return true }
      return input.bytes(input.trimmed(piece)).elementsEqual(shape.columns[column].nameBytes)
    }
  }

  /// As many cells as the header has: empty ones at the end are dropped, then the text, or the last
  /// cell where there is no text, takes what is too much.
  private func fitted(
    _ pieces: [Range<Int>],
    _ layout: TSVLayout,
    _ open: TSVBlock,
    _ input: Input,
    _ sink: inout TableSink
  ) -> [Range<Int>] {
    let count = layout.columns.count
    guard let first = pieces.first, let last = pieces.last, pieces.count > count else {
      return pieces
    }
    sink.note(.surplusCell, nextRowOf: open.table, at: first.lowerBound..<last.upperBound)
    var pieces = pieces
    while pieces.count > count, let last = pieces.last, input.isBlank(last) { pieces.removeLast() }
    let surplus = pieces.count - count
    let text = layout.textCell ?? count - 1
    let merged = pieces[text].lowerBound..<pieces[text + surplus].upperBound
    pieces.replaceSubrange(text...text + surplus, with: [merged])
    return pieces
  }

  // MARK: Short lines

  private mutating func takeShortLine(
    _ pieces: [Range<Int>],
    _ line: Range<Int>,
    _ layout: TSVLayout,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    guard let open = block else { return }
    let begins = layout.beginsRow(pieces[0], input, sink.shapes[open.table])
    if begins == false, pieces.count == 1 {
      let text = sink.shapes[open.table].textColumn
      let isLastCell = layout.textCell == layout.columns.count - 1
      if isLastCell, let text, sink.extendLastRow(open.table, text, to: line, input) { return }
      return sink.refuse(line, table: open.table, .unparsedLine)
    }
    // The text is the last cell there is, so it may go on in the next line.
    if begins != false, layout.textCell == pieces.count - 1 {
      block?.held = TSVBlock.Held(pieces: pieces, range: line)
      return
    }
    commit(pieces, line, input, &sink)
  }

  /// Joins a line to a row that was broken inside its text; `false` when the line is a row.
  private mutating func join(
    _ pieces: [Range<Int>],
    _ line: Range<Int>,
    to held: TSVBlock.Held,
    _ layout: TSVLayout,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    guard let open = block, let text = layout.textCell, pieces.count < layout.columns.count,
      layout.beginsRow(pieces[0], input, sink.shapes[open.table]) != true
    else { return false }
    let range = held.range.lowerBound..<line.upperBound
    let merged = held.pieces[text].lowerBound..<pieces[0].upperBound
    let joined = held.pieces[..<text] + [merged] + pieces.dropFirst()
    if joined.count == layout.columns.count {
      sink.note(.continuationLine, nextRowOf: open.table, at: range)
      commit(Array(joined), range, input, &sink)
      block?.held = nil
      return true
    }
    guard pieces.count == 1 else { return false }
    block?.held = TSVBlock.Held(pieces: Array(joined), range: range)
    return true
  }

  mutating func commitHeld(
    _ held: TSVBlock.Held,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    commit(held.pieces, held.range, input, &sink)
  }

  // MARK: Rows

  private mutating func commit(
    _ pieces: [Range<Int>],
    _ line: Range<Int>,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    guard let open = block, let layout = open.layout else { return }
    var cells = Array(
      repeating: RawCell.unset,
      count: sink.shapes[open.table].columns.count
    )
    for (piece, column) in zip(pieces, layout.columns) {
      if let column { cells[column] = Self.cell(piece, layout, input) }
    }
    noteTags(line, open, input, &sink)
    let row = sink.rowCount(open.table)
    cells.withUnsafeBufferPointer {
      sink.commit($0, table: open.table, range: line, input: input)
    }
    if sink.rowCount(open.table) > row { block?.entities.take(line, row: row, input) }
  }

  private static func cell(_ piece: Range<Int>, _ layout: TSVLayout, _ input: Input) -> RawCell {
    let isCSV = layout.separator.csv != nil
    let piece = isCSV ? input.withoutQuotes(piece) : piece
    let bytes = input.bytes(piece)
    var traits: RawCell.Traits = []
    if isCSV, bytes.contains(ASCII.quote) { traits.insert(.doubledQuotes) }
    if layout.separator == .bars, bytes.contains(ASCII.backslash) { traits.insert(.escapedBars) }
    if bytes.contains(where: { $0 >= 0x80 }) { traits.insert(.beyondASCII) }
    if TextEscapes.hasTSV(bytes) { traits.insert(.tsvEscapes) }
    return RawCell(.plain, piece.lowerBound, piece.upperBound, traits)
  }

  private func noteTags(
    _ line: Range<Int>,
    _ open: TSVBlock,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    var from = line.lowerBound
    while let index = input.firstIndex(of: ASCII.less, in: from..<line.upperBound) {
      if BlockTags.tag(at: index, input, sink.shapes) != nil {
        return sink.note(.tagInText, nextRowOf: open.table, at: index..<line.upperBound)
      }
      from = index + 1
    }
  }
}
