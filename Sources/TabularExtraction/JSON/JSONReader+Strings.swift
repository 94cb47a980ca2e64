/// Tables that were made into text before they were put into the reply: a document, a table or a
/// row as JSON inside a string of JSON. They are decoded once more.
extension JSONReader {
  /// Reads what a string holds; `false` when it holds no table.
  ///
  /// - Parameter table: The table it stands for, when that is known.
  mutating func readString(
    _ cell: RawCell,
    table: Int?,
    isCut: Bool = false,
    _ input: Input,
    _ sink: inout TableSink
  ) -> Bool {
    guard stringDepth < StringOfTables.greatestDepth, StringOfTables.isLikely(cell, input) else {
      return false
    }
    let inner = StringOfTables(cell, isCut: isCut, input)
    let depth = stringDepth + 1
    guard let read = inner.read(like: sink, rootTable: table, depth: depth, isCut: isCut) else {
      return false
    }
    // Rows inside the array of their table have begun with it.
    let open = frames.last?.kind == .table ? frames.last?.table : nil
    sink.adopt(read, from: inner.text, as: cell.range, open: open)
    sink.findings.note(.textOfJSON, .init(table: table, sample: cell.range))
    yield += 1
    return true
  }

  // MARK: A string around the whole reply

  /// Whether a quote in text begins a string of JSON; `nil` when more must arrive to tell.
  func beginsString(at index: Int, _ input: Input) -> Bool? {
    guard let bracket = StringOfTables.afterSpace(index + 1, input) else { return nil }
    guard bracket < input.end else { return false }
    guard input[bracket] == ASCII.openBrace || input[bracket] == ASCII.openBracket else {
      return false
    }
    guard let next = StringOfTables.afterSpace(bracket + 1, input) else { return nil }
    guard next + 1 < input.end else { return input.isFinal ? false : nil }
    if input[next] == ASCII.backslash { return input[next + 1] == ASCII.quote }
    return input[next] == ASCII.openBrace || input[next] == ASCII.openBracket
  }

  /// Reads the string that begins at the position; `false` when its end has not arrived.
  mutating func readRootString(_ input: Input, _ sink: inout TableSink) -> Bool {
    let start = scanner.position
    var index = stringEnd ?? start + 1
    while index < input.end, input[index] != ASCII.quote {
      if input[index] == ASCII.backslash, index + 1 >= input.end { break }
      index += input[index] == ASCII.backslash ? 2 : 1
    }
    guard index < input.end, input[index] == ASCII.quote else {
      stringEnd = index
      return false
    }
    stringEnd = nil
    scanner.position = index + 1
    let cell = RawCell(.quoted, start + 1, index, [.jsonEscapes, .beyondASCII])
    if readString(cell, table: rootTable, input, &sink) {
      noteProse(proseStart..<start, input, &sink)
      proseStart = index + 1
    }
    return true
  }

  // MARK: A reply that was cut inside of a string

  /// Reads what has arrived of a string of JSON that is cut off; `false` when there is none.
  mutating func readCutString(_ input: Input, _ sink: inout TableSink) -> Bool {
    let start = scanner.position
    guard start < input.end, input[start] == ASCII.quote else { return false }
    if let frame = frames.last {
      let mayHoldTables = [.wrapper, .list, .table, .object].contains(frame.kind)
      guard mayHoldTables, frame.stage == .value else { return false }
    } else if stringEnd == nil {
      return false
    }
    let cell = RawCell(.quoted, start + 1, input.end, [.jsonEscapes, .beyondASCII])
    let table = frames.isEmpty ? rootTable : frames.last?.table
    guard readString(cell, table: table, isCut: true, input, &sink) else { return false }
    if !sink.findings.has(.truncated) { sink.findings.note(.truncated, .init(table: table)) }
    return true
  }
}

/// The text of a string that may hold tables.
struct StringOfTables {
  /// How often text is decoded once more; twice has not been seen in any reply.
  static let greatestDepth = 3

  let text: [UInt8]

  init(_ cell: RawCell, isCut: Bool, _ input: Input) {
    var range = cell.range
    // Half an escape at a cut is none.
    if isCut {
      let slashes = range.reversed().prefix { input[$0] == ASCII.backslash }.count
      range = range.lowerBound..<range.upperBound - slashes % 2
    }
    var text: [UInt8] = []
    _ = TextEscapes.appendJSON(input.bytes(range), to: &text)
    self.text = text
  }

  /// Whether a value is a string that begins as JSON, or a block of TSV, does.
  static func isLikely(_ cell: RawCell, _ input: Input) -> Bool {
    guard cell.form == .quoted else { return false }
    let inside = Input(base: input.base, end: cell.end, isFinal: true)
    guard let start = afterSpace(cell.start, inside), start < cell.end else { return false }
    return "{[<".utf8.contains(input[start])
  }

  /// More white space than anybody writes before JSON; beyond it the text is taken to be none.
  private static let longestSpace = 256

  /// The first place that is no white space, escaped or not; `nil` when it has not arrived.
  static func afterSpace(_ start: Int, _ input: Input) -> Int? {
    var index = start
    while index < input.end, index < start + longestSpace {
      if Input.isSpace(input[index]) {
        index += 1
      } else if input[index] == ASCII.backslash {
        guard index + 1 < input.end else { return input.isFinal ? index : nil }
        guard "ntr".utf8.contains(input[index + 1]) else { return index }
        index += 2
      } else {
        return index
      }
    }
    return input.isFinal || index < input.end ? index : nil
  }

  /// The tables in the text; `nil` when it has none.
  func read(
    like outer: TableSink,
    rootTable: Int?,
    depth: Int,
    isCut: Bool
  ) -> TableSink? {
    var sink = TableSink(emptyLike: outer)
    text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let input = Input(base: base, end: buffer.count, isFinal: true)
      var json = JSONReader(shapes: outer.shapes, rootTable: rootTable, stringDepth: depth)
      json.finish(input, modelStopped: !isCut, &sink)
      guard json.isOtherEncoding else { return }
      var tsv = TSVReader(start: json.scanner.position)
      tsv.finish(input, modelStopped: !isCut, &sink)
    }
    guard sink.isSeen.contains(true) else { return nil }
    sink.settleRepeatedTables(text)
    return sink
  }
}
