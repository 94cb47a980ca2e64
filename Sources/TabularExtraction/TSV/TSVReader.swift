/// Reads tables from TSV between tags, as asked for or as models write it, in pieces of any size.
///
/// Works line by line; a line counts when its line feed has arrived. Lines that have as many cells
/// as the header take a short cut (`TSVReader+StrictLines.swift`).
struct TSVReader {
  /// Where the line that has not been read begins.
  var position = 0
  /// How far the line at `position` has been searched for its end.
  private var resume = 0
  var block: TSVBlock?
  /// The number of blocks that have begun.
  private var blocks = 0
  /// The cells of the line being read.
  var pieces: [Range<Int>] = []
  /// Whether the reply turned out to be JSON, which begins at `position`.
  var isOtherEncoding = false

  /// - Parameter start: Where in the reply the reading begins.
  init(start: Int = 0) { position = start }

  /// Reads as far as the bytes that arrived allow.
  mutating func advance(_ input: Input, _ sink: inout TableSink) {
    guard skipByteOrderMark(input, &sink) else { return }
    while !isOtherEncoding {
      skipBlankLines(input)
      if block?.layout != nil { readStrictLines(input, &sink) }
      guard let isJSON = beginsJSON(input) else { return }
      isOtherEncoding = isJSON
      let from = max(resume, position)
      guard !isJSON, let end = input.firstIndex(of: ASCII.newline, in: from..<input.end) else {
        resume = input.end
        return
      }
      take(position..<end, isWhole: true, input, &sink)
      position = end + 1
    }
  }

  /// Ends the reading: a block that is not closed is cut off, unless the model stopped by itself.
  mutating func finish(_ input: Input, modelStopped: Bool, _ sink: inout TableSink) {
    advance(input, &sink)
    if position < input.end {
      take(position..<input.end, isWhole: modelStopped, input, &sink)
    }
    guard let open = block else { return }
    if modelStopped {
      sink.findings.note(.unclosedBlock, .init(table: open.table))
    } else {
      if let held = open.held { sink.refuse(held.range, table: open.table, .truncated) }
      if let quote = open.openQuote {
        sink.refuse(quote.start..<input.end, table: open.table, .truncated)
      }
      block?.openQuote = nil
      block?.held = nil
      if !sink.findings.has(.truncated) {
        sink.findings.note(.truncated, .init(table: open.table))
      }
    }
    closeBlock(input, modelStopped: modelStopped, &sink)
  }

  /// Passes over lines of nothing but white space, which mean nothing anywhere.
  private mutating func skipBlankLines(_ input: Input) {
    guard resume <= position else { return }
    var index = position
    while index < input.end, Input.isSpace(input[index]) {
      if input[index] == ASCII.newline { position = index + 1 }
      index += 1
    }
  }

  private mutating func skipByteOrderMark(_ input: Input, _ sink: inout TableSink) -> Bool {
    guard position == 0, resume == 0 else { return true }
    guard let length = Prose.byteOrderMark(input) else { return false }
    if length > 0 { sink.findings.note(.byteOrderMark) }
    position = length
    return true
  }

  /// Whether the reply is JSON: a line before any block begins with a bracket and a key or row.
  private func beginsJSON(_ input: Input) -> Bool? {
    guard blocks == 0, resume <= position || resume < position + 300 else { return false }
    let start = input.afterSpace(position, limit: position + 256)
    guard start < position + 256, start < input.end else { return false }
    let byte = input[start]
    guard byte == ASCII.openBrace || byte == ASCII.openBracket else { return false }
    let next = input.afterSpace(start + 1, limit: start + 256)
    guard next < start + 256 else { return false }
    guard next < input.end else { return input.isFinal ? false : nil }
    return "{[\"'".utf8.contains(input[next])
  }

  // MARK: Lines

  /// Reads a line, which may hold tags beside or instead of a row.
  private mutating func take(
    _ line: Range<Int>,
    isWhole: Bool,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    if line.count > sink.limits.rowBytes {
      return sink.refuse(line, table: block?.table, .limitExceeded)
    }
    var rest = line
    while true {
      let isBlank = input.isBlank(rest)
      if let open = block {
        if let tag = endingTag(rest, open, input, sink.shapes) {
          takeRow(rest.lowerBound..<tag.range.lowerBound, isWhole: true, input, &sink)
          endBlock(open, at: tag, input, &sink)
          rest = (tag.isClosing ? tag.range.upperBound : tag.range.lowerBound)..<rest.upperBound
          continue
        }
        if isBlank { return }
        return takeRow(rest, isWhole: isWhole, input, &sink)
      }
      if isBlank { return }
      guard let tag = openingTag(rest, input, sink.shapes) else {
        return takeUntagged(rest, isWhole: isWhole, input, &sink)
      }
      Prose.note(rest.lowerBound..<tag.range.lowerBound, input, &sink)
      if !tag.isExact { sink.findings.note(.tagRenamed, .init(sample: tag.range)) }
      beginBlock(tag.table, &sink)
      rest = tag.range.upperBound..<rest.upperBound
    }
  }

  private mutating func beginBlock(_ table: Int, _ sink: inout TableSink) {
    sink.begin(table: table)
    block = TSVBlock(table: table)
    blocks += 1
  }

  private mutating func endBlock(
    _ open: TSVBlock,
    at tag: BlockTags.Tag,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    if !tag.isClosing { sink.findings.note(.unclosedBlock, .init(table: open.table)) }
    if tag.isClosing, !tag.isExact || tag.table != open.table {
      sink.findings.note(.tagRenamed, .init(sample: tag.range))
    }
    block?.end = tag.range.lowerBound
    closeBlock(input, &sink)
  }

  private func openingTag(
    _ range: Range<Int>,
    _ input: Input,
    _ shapes: [TableShape]
  ) -> BlockTags.Tag? {
    var from = range.lowerBound
    while let index = input.firstIndex(of: ASCII.less, in: from..<range.upperBound) {
      if let tag = BlockTags.tag(at: index, input, shapes), !tag.isClosing { return tag }
      from = index + 1
    }
    return nil
  }

  /// The tag that ends a block; any other is text.
  ///
  /// That is its closing tag with nothing but tags or fences after it, another table's at the
  /// beginning of the line, or an opening tag there.
  private func endingTag(
    _ range: Range<Int>,
    _ open: TSVBlock,
    _ input: Input,
    _ shapes: [TableShape]
  ) -> BlockTags.Tag? {
    let start = input.trimmed(range).lowerBound
    var from = range.lowerBound
    while let index = input.firstIndex(of: ASCII.less, in: from..<range.upperBound) {
      from = index + 1
      guard let tag = BlockTags.tag(at: index, input, shapes) else { continue }
      if !tag.isClosing {
        if index == start { return tag }
        continue
      }
      let rest = input.trimmed(tag.range.upperBound..<range.upperBound)
      let isEnd = rest.isEmpty || input[rest.lowerBound] == ASCII.less
      let isFence = input.matches(Prose.fence, at: rest.lowerBound)
      if isEnd || isFence, tag.table == open.table || index == start { return tag }
    }
    return nil
  }

  /// A line outside the blocks: text, or the header of a table without its tags.
  private mutating func takeUntagged(
    _ line: Range<Int>,
    isWhole: Bool,
    _ input: Input,
    _ sink: inout TableSink
  ) {
    let shapes = sink.shapes
    guard isWhole, let table = shapes.firstIndex(where: { TSVHeader.isHeader(line, input, $0) })
    else { return Prose.note(line, input, &sink) }
    sink.findings.note(.tagMissing, .init(table: table))
    beginBlock(table, &sink)
    takeRow(line, isWhole: true, input, &sink)
  }

  // MARK: The end of a block

  mutating func closeBlock(
    _ input: Input,
    modelStopped: Bool = true,
    _ sink: inout TableSink
  ) {
    if let open = block, let start = open.json {
      sink.findings.note(.jsonInTags, .init(table: open.table))
      let inside = Input(base: input.base, end: open.end ?? input.end, isFinal: true)
      var json = JSONReader(shapes: sink.shapes, rootTable: open.table, start: start)
      json.finish(inside, modelStopped: modelStopped, &sink)
    } else if let open = block, let quote = open.openQuote {
      sink.refuse(quote.start..<(open.end ?? input.end), table: open.table, .badRow)
    }
    if let held = block?.held { commitHeld(held, input, &sink) }
    if let open = block, open.entities.isEscaped {
      sink.findings.note(.entityEscaped, .init(table: open.table))
      sink.decodeEntities(table: open.table, rows: open.entities.rows, input)
    }
    block = nil
  }
}
