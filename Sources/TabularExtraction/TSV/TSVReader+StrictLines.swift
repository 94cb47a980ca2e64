extension TSVReader {
  /// Reads lines as long as they have arrived whole and have exactly the cells of the header.
  ///
  /// A line with anything odd, a backslash or a `<`, or nothing but white space, is left to the
  /// general reading, untouched.
  mutating func readStrictLines(_ input: Input, _ sink: inout TableSink) {
    guard let open = block, let layout = open.layout, layout.separator == .tab, open.held == nil,
      layout.isIdentity, layout.columns.count > 1, !layout.hasLiteralNewlines
    else { return }
    let name = sink.shapes[open.table].columns[0].nameBytes
    let count = layout.columns.count
    withUnsafeTemporaryAllocation(of: RawCell.self, capacity: count) { cells in
      cells.initialize(repeating: .unset)
      while let line = strictLine(input, into: cells) {
        if isHeaderLine(cells, input, name) { return }
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
    if !line.isEmpty, Input.isSpace(input[position]), input.isBlank(line) { return nil }
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
    _ name: [UInt8]
  ) -> Bool {
    cells[0].end - cells[0].start == name.count
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
    // A byte that is looked for makes its lane zero, and only then the subtraction sets the high
    // bit of a lane that did not have it.
    let one = SIMD16<UInt8>(repeating: 1)
    let slash = SIMD16<UInt8>(repeating: ASCII.backslash)
    let less = SIMD16<UInt8>(repeating: ASCII.less)
    var hits = SIMD16<UInt8>()
    var bits = SIMD16<UInt8>()
    var index = range.lowerBound
    while index + 16 <= range.upperBound {
      let chunk = UnsafeRawPointer(base + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let slashes = chunk ^ slash
      let lesses = chunk ^ less
      hits |= ((slashes &- one) & ~slashes) | ((lesses &- one) & ~lesses)
      bits |= chunk
      index += 16
    }
    var isOdd = Self.hasHighBit(hits)
    var tail: UInt8 = 0
    while index < range.upperBound {
      let byte = base[index]
      isOdd = isOdd || byte == ASCII.backslash || byte == ASCII.less
      tail |= byte
      index += 1
    }
    return Specials(isOdd: isOdd, isBeyondASCII: Self.hasHighBit(bits) || tail >= 0x80)
  }

  @inline(__always) private static func hasHighBit(_ lanes: SIMD16<UInt8>) -> Bool {
    let halves = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    return (halves[0] | halves[1]) & 0x8080_8080_8080_8080 != 0
  }
}
