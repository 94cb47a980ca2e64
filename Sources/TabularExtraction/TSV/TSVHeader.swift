/// Finds out from the first line of a block how its lines are divided.
struct TSVHeader {
  let layout: TSVLayout
  /// What is odd about it, with the column concerned.
  let oddities: [(Oddity, column: Int?)]
  /// Where the header ends: before the end of the line when lines end in `\n` spelled out.
  let end: Int

  /// Reads a header; `nil` when the line is none.
  init?(_ line: Range<Int>, _ input: Input, _ shape: TableShape) {
    let lines = LinePieces.literal(UInt8(ascii: "n"), line, input)
    guard let first = lines.first,
      let (separator, pieces) = Self.pieces(first, input, shape)
    else { return nil }
    var columns = pieces.map {
      shape.column(named: input.bytes(input.withoutQuotes($0)))?.index
    }
    var oddities: [(Oddity, column: Int?)] = []
    Self.resolve(&columns, shape, &oddities)
    let order = columns.compactMap(\.self)
    if order != order.sorted() { oddities.append((.columnsReordered, nil)) }
    if let oddity = separator.oddity { oddities.append((oddity, nil)) }
    if separator != .literal, lines.count > 1 { oddities.append((.literalTabs, nil)) }
    var layout = TSVLayout(columns: columns, shape: shape, separator: separator)
    layout.hasLiteralNewlines = lines.count > 1
    self.layout = layout
    self.oddities = oddities
    end = lines.count > 1 ? first.upperBound + 2 : line.upperBound
  }

  /// Whether a line consists of nothing but column names of a table with two columns or more.
  static func isHeader(_ line: Range<Int>, _ input: Input, _ shape: TableShape) -> Bool {
    var pieces: [Range<Int>] = []
    LinePieces.tabs(line, input, into: &pieces)
    return pieces.count > 1 && pieces.count * 2 >= shape.columns.count
      && matches(pieces, input, shape) == pieces.count
  }

  /// The line divided in the first way that gives names of columns for the most part.
  private static func pieces(
    _ line: Range<Int>,
    _ input: Input,
    _ shape: TableShape
  ) -> (TSVLayout.Separator, [Range<Int>])? {
    var tabs: [Range<Int>] = []
    LinePieces.tabs(line, input, into: &tabs)
    let literal = LinePieces.literal(UInt8(ascii: "t"), line, input)
    let attempts: [(TSVLayout.Separator, [Range<Int>])] =
      [
        (.tab, tabs), (.literal, literal), (.bars, LinePieces.bars(line, input)),
        (.commas, LinePieces.csv(ASCII.comma, line, input) ?? []),
        (.semicolons, LinePieces.csv(ASCII.semicolon, line, input) ?? []),
        (.spaces, LinePieces.spaces(2, line, input)),
        (.spaces, LinePieces.spaces(1, line, input)),
      ]
    return attempts.first { separator, pieces in
      (pieces.count > 1 || separator == .tab)
        && matches(pieces, input, shape) * 2 > pieces.count
    }
  }

  private static func matches(
    _ pieces: [Range<Int>],
    _ input: Input,
    _ shape: TableShape
  ) -> Int {
    var found: Set<Int> = []
    for piece in pieces {
      if let column = shape.column(named: input.bytes(input.withoutQuotes(piece))) {
        found.insert(column.index)
      }
    }
    return found.count
  }

  /// Settles names that occur twice, are unknown or are missing.
  private static func resolve(
    _ columns: inout [Int?],
    _ shape: TableShape,
    _ oddities: inout [(Oddity, column: Int?)]
  ) {
    var seen: Set<Int> = []
    for cell in columns.indices {
      if let column = columns[cell], !seen.insert(column).inserted { columns[cell] = nil }
    }
    for cell in columns.indices where columns[cell] == nil {
      // An unknown name in the place of a missing one is that column under another name.
      if shape.columns.indices.contains(cell), !seen.contains(cell),
        columns.count == shape.columns.count
      {
        columns[cell] = cell
        seen.insert(cell)
        oddities.append((.columnRenamed, cell))
      } else {
        oddities.append((.columnUnknown, nil))
      }
    }
    for column in shape.columns.indices where !seen.contains(column) {
      oddities.append((.columnMissing, column))
    }
  }
}

extension Input {
  /// A range without white space and the pair of quotes at its ends.
  func withoutQuotes(_ range: Range<Int>) -> Range<Int> {
    let range = trimmed(range)
    guard range.count > 1, self[range.lowerBound] == ASCII.quote,
      self[range.upperBound - 1] == ASCII.quote
    else { return range }
    return range.dropFirst().dropLast()
  }
}
