/// The keys of a table's rows in the order in which the reply writes them.
struct StrictRowOrder {
  /// The columns of the keys.
  let columns: [Int]
  /// The keys in their quotes, one after the other.
  fileprivate let keys: [UInt8]
  /// Where each key ends in `keys`.
  fileprivate let ends: [Int]
  /// Whether every column has a key.
  fileprivate let isWhole: Bool

  init(_ shape: TableShape, columns: [Int]) {
    self.columns = columns
    keys = columns.flatMap { shape.columns[$0].key }
    var end = 0
    ends = columns.map { column in
      end += shape.columns[column].key.count
      return end
    }
    isWhole = columns.count == shape.columns.count
  }
}

extension JSONReader {
  /// Reads rows as long as they are strict JSON with the expected keys and have arrived whole.
  ///
  /// A row that is anything else is left to the token by token reading, untouched. Returns
  /// `false` when it is better to wait for the rest of a row.
  mutating func readStrictRows(_ input: Input, _ sink: inout TableSink) -> Bool {
    guard let table = frames[frames.count - 1].table else { return true }
    let order = orders[table]
    let count = sink.shapes[table].columns.count
    var start = input.afterSpace(scanner.position)
    let first = scanner.position
    defer {
      if scanner.position > first {
        frames[frames.count - 1].stage = .separator
        frames[frames.count - 1].hasComma = false
      }
    }
    return withUnsafeTemporaryAllocation(of: RawCell.self, capacity: count) { cells in
      cells.initialize(repeating: .unset)
      let reader = StrictRowReader(input: input, cells: cells)
      return order.keys.withUnsafeBufferPointer { keys in
        while start < input.end, input[start] == ASCII.openBrace {
          if !order.isWhole { cells.update(repeating: .unset) }
          guard let end = reader.read(from: start, order, keys) else {
            return !isWorthWaiting(at: start, input)
          }
          sink.commit(
            UnsafeBufferPointer(cells),
            table: table,
            range: start..<end,
            input: input
          )
          scanner.position = end
          let comma = input.afterSpace(end)
          guard comma < input.end, input[comma] == ASCII.comma else { return true }
          start = input.afterSpace(comma + 1)
        }
        return true
      }
    }
  }

  /// Whether a row probably failed only because its end has not arrived.
  ///
  /// Then trying again costs less than reading it token by token, as long as it is short.
  private func isWorthWaiting(at start: Int, _ input: Input) -> Bool {
    !input.isFinal && input.end - start < 2048
      && input.firstIndex(of: ASCII.closeBrace, in: start..<input.end) == nil
  }
}

/// Reads one strict row; every method returns where the piece ends, or `nil` for anything odd.
private struct StrictRowReader {
  let input: Input
  let cells: UnsafeMutableBufferPointer<RawCell>

  @inline(__always)
  func read(
    from start: Int,
    _ order: StrictRowOrder,
    _ keys: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    var index = start + 1
    var key = 0
    for position in 0..<order.columns.count {
      index = input.afterSpace(index)
      let end = order.ends[position]
      guard input.matches(keys, key..<end, at: index) else { return nil }
      index = input.afterSpace(index + end - key)
      key = end
      guard index < input.end, input[index] == ASCII.colon else { return nil }
      index = input.afterSpace(index + 1)
      guard let after = value(at: index, order.columns[position]) else { return nil }
      index = input.afterSpace(after)
      let isLast = position == order.columns.count - 1
      guard index < input.end, input[index] == (isLast ? ASCII.closeBrace : ASCII.comma) else {
        return nil
      }
      index += 1
    }
    return index
  }

  @inline(__always)
  private func value(at index: Int, _ column: Int) -> Int? {
    guard index < input.end else { return nil }
    let byte = input[index]
    if byte == ASCII.quote { return string(at: index + 1, column) }
    if Input.isDigit(byte) || byte == ASCII.minus { return number(at: index, column) }
    return word(at: index, column)
  }

  @inline(__always)
  private func string(at start: Int, _ column: Int) -> Int? {
    var index = start
    var bits: UInt64 = 0
    var traits: RawCell.Traits = []
    while true {
      index = input.stringStop(from: index, quote: ASCII.quote, bits: &bits)
      guard index < input.end else { return nil }
      if input[index] == ASCII.quote { break }
      guard input[index] == ASCII.backslash, index + 1 < input.end, input[index + 1] < 0x80 else {
        return nil
      }
      traits.insert(.jsonEscapes)
      index += 2
    }
    if bits & 0x8080_8080_8080_8080 != 0 { traits.insert(.beyondASCII) }
    cells[column] = RawCell(.quoted, start, index, traits)
    return index + 1
  }

  private func number(at start: Int, _ column: Int) -> Int? {
    var index = start
    while index < input.end, Self.isNumeric(input[index]) { index += 1 }
    let isNumber = WrittenNumber.isNumber(input.bytes(start..<index)[...])
    guard isNumber else { return nil }
    cells[column] = RawCell(.number, start, index)
    return index
  }

  @inline(__always) private static func isNumeric(_ byte: UInt8) -> Bool {
    Input.isDigit(byte) || byte == ASCII.minus || byte == ASCII.dot || byte | 0x20 == 0x65
      || byte == UInt8(ascii: "+")
  }

  private static let words: [(bytes: [UInt8], form: RawCell.Form)] = [
    (Array("null".utf8), .null), (Array("true".utf8), .isTrue), (Array("false".utf8), .isFalse),
  ]

  private func word(at start: Int, _ column: Int) -> Int? {
    for word in Self.words where input.matches(word.bytes, at: start) {
      cells[column] = RawCell(word.form, start, start + word.bytes.count)
      return start + word.bytes.count
    }
    return nil
  }
}
