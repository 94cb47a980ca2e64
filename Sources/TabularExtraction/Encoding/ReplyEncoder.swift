internal import OrderedJSON
public import TranscriptModel

/// Writes tables as a model is asked to write them.
///
/// Reading the result gives the same tables, as long as their texts are such: `?`, text of nothing
/// but spaces and, outside of prose, words like `N/A` mean a missing value in a reply.
public struct ReplyEncoder: Sendable {
  private let schema: TableSchema

  /// An encoder of the tables of a schema.
  public init(schema: TableSchema) { self.schema = schema }

  /// The tables as a reply.
  ///
  /// - Parameters:
  ///   - tables: One table for each of the schema, in its order.
  ///   - encoding: How they are written.
  public func encoded(_ tables: [Table], as encoding: ReplyEncoding) -> [UInt8] {
    var output: [UInt8] = []
    switch encoding {
    case .json: writeJSON(tables, to: &output)
    case .tsv:
      for (definition, table) in zip(schema.tables, tables) {
        writeBlock(table, tag: definition.tag, to: &output)
      }
    }
    return output
  }

  // MARK: JSON

  private func writeJSON(_ tables: [Table], to output: inout [UInt8]) {
    output += "{".utf8
    for (index, (definition, table)) in zip(schema.tables, tables).enumerated() {
      if index > 0 { output += ",".utf8 }
      output += JSONValue(definition.property).renderedBytes()
      output += ":[".utf8
      let keys = table.columns.map { JSONValue($0.name).renderedBytes() + ":".utf8 }
      for row in 0..<table.rowCount {
        output += (row > 0 ? ",\n{" : "\n{").utf8
        for column in table.columns.indices {
          if column > 0 { output += ",".utf8 }
          output += keys[column]
          output += Self.value(table[row, column]).renderedBytes()
        }
        output += "}".utf8
      }
      output += "]".utf8
    }
    output += "}\n".utf8
  }

  private static func value(_ cell: Cell) -> JSONValue {
    switch cell {
    case .integer(let value): JSONValue(value)
    case .boolean(let flag): .bool(flag)
    case .number(let text): .number(JSONNumber(validated: text))
    case .missing, .text, .invalid, .time: JSONValue(cell.rendered)
    }
  }

  // MARK: TSV

  private func writeBlock(_ table: Table, tag: String, to output: inout [UInt8]) {
    output += "<\(tag)>\n".utf8
    output += table.columns.map(\.name).joined(separator: "\t").utf8
    output += "\n".utf8
    var lines: [UInt8] = []
    for row in 0..<table.rowCount { writeLine(row, of: table, to: &lines) }
    if mustEscapeEntities(lines) { EntityText.escape(&lines) }
    output += lines
    output += "</\(tag)>\n".utf8
  }

  private func writeLine(_ row: Int, of table: Table, to lines: inout [UInt8]) {
    for column in table.columns.indices {
      if column > 0 { lines.append(ASCII.tab) }
      table.withUTF8(row: row, column: column) { text in
        TextEscapes.appendEscapedTSV(text, to: &lines)
      }
    }
    lines.append(ASCII.newline)
  }

  /// Whether a reader would take the text for something it is not: for entity-escaped, or for the
  /// end of the block.
  private func mustEscapeEntities(_ lines: [UInt8]) -> Bool {
    lines.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      let input = Input(base: base, end: buffer.count, isFinal: true)
      var census = EntityCensus()
      census.take(0..<buffer.count, row: 0, input)
      let shapes = schema.tables.map { TableShape($0) }
      return census.isEscaped
        || buffer.indices.contains { index in
          buffer[index] == ASCII.less && BlockTags.tag(at: index, input, shapes) != nil
        }
    }
  }
}
