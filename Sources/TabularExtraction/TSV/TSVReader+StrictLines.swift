extension TSVReader {
  /// Reads lines as long as they have arrived whole and have exactly the cells of the header.
  ///
  /// A line with anything odd, a backslash or a `<` is left to the general reading, untouched.
  mutating func readStrictLines(_ input: Input, _ sink: inout TableSink) {
    guard let open = block, let layout = open.layout, layout.separator == .tab, open.held == nil,
      layout.isIdentity, layout.columns.count > 1, !layout.hasLiteralNewlines
    else { return }
    let shape = sink.shapes[open.table]
    let count = layout.columns.count
    withUnsafeTemporaryAllocation(of: RawCell.self, capacity: count) { cells in
      cells.initialize(repeating: .unset)
      while let line = strictLine(input, into: cells) {
        if isHeaderLine(cells, input, shape) { return }
        let row = sink.rowCount(open.table)
        sink.commit(UnsafeBufferPointer(cells), table: open.table, range: line, input: input)
        if input.firstIndex(of: ASCII.ampersand, in: line) != nil,
          sink.rowCount(open.table) > row
        {
          block?.entities.take(line, row: row, input)
        }
        position = line.upperBound + 1
      }
    }
  }

  /// The line at the position, with its cells, when it is strict.
  @inline(__always)
  private func strictLine(
    _ input: Input,
    into cells: UnsafeMutableBufferPointer<RawCell>
  ) -> Range<Int>? {
    guard position < input.end,
      let end = input.firstIndex(of: ASCII.newline, in: position..<input.end)
    else { return nil }
    let line = position..<end
    let bits = input.specials(in: line)
    if bits.isOdd || line.isEmpty || input[end - 1] == ASCII.carriageReturn { return nil }
    let traits: RawCell.Traits = bits.isBeyondASCII ? .beyondASCII : []
    var start = position
    for column in 0..<cells.count - 1 {
      guard let tab = input.firstIndex(of: ASCII.tab, in: start..<end) else { return nil }
      cells[column] = RawCell(.plain, start, tab, traits)
      start = tab + 1
    }
    if input.firstIndex(of: ASCII.tab, in: start..<end) != nil { return nil }
    cells[cells.count - 1] = RawCell(.plain, start, end, traits)
    return line
  }

  @inline(__always)
  private func isHeaderLine(
    _ cells: UnsafeMutableBufferPointer<RawCell>,
    _ input: Input,
    _ shape: TableShape
  ) -> Bool {
    let name = shape.columns[0].nameBytes
    return cells[0].end - cells[0].start == name.count
      && input.bytes(cells[0].range).elementsEqual(name)
  }
}

extension Input {
  struct Specials {
    /// Whether there is a backslash or a `<`.
    var isOdd: Bool
    var isBeyondASCII: Bool
  }

  /// What bytes a line has that ask for a closer look.
  @inline(__always)
  func specials(in range: Range<Int>) -> Specials {
    // A byte that is looked for makes its lane zero, and the least value keeps that.
    let slash = SIMD16<UInt8>(repeating: ASCII.backslash)
    let less = SIMD16<UInt8>(repeating: ASCII.less)
    var least = SIMD16<UInt8>(repeating: 0xFF)
    var bits = SIMD16<UInt8>()
    var index = range.lowerBound
    while index + 16 <= range.upperBound {
      let chunk = UnsafeRawPointer(base + index).loadUnaligned(as: SIMD16<UInt8>.self)
      least = pointwiseMin(least, pointwiseMin(chunk ^ slash, chunk ^ less))
      bits |= chunk
      index += 16
    }
    var isOdd = least.min() == 0
    var tail: UInt8 = 0
    while index < range.upperBound {
      let byte = base[index]
      isOdd = isOdd || byte == ASCII.backslash || byte == ASCII.less
      tail |= byte
      index += 1
    }
    return Specials(isOdd: isOdd, isBeyondASCII: bits.max() >= 0x80 || tail >= 0x80)
  }
}
