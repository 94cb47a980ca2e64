internal import TranscriptModel

extension TableSchema {
  /// How the model is told to write the tables as TSV; nothing in it depends on a request.
  public var tsvContract: String {
    (introduction + blocks + rules + tables.flatMap(columnRules)).joined(separator: "\n") + "\n"
  }

  private var introduction: [String] {
    let blocks = tables.count == 1 ? "one block" : "\(tables.count) blocks in this order"
    return ["Answer with exactly \(blocks), and with nothing before, between or after:", ""]
  }

  private var blocks: [String] {
    tables.flatMap { table in
      ["<\(table.tag)>", table.header.joined(separator: "\t"), "…", "</\(table.tag)>"]
    }
  }

  private var rules: [String] {
    [
      "",
      "Rules for every block:",
      "- The first line is the header as shown. Then one line for each row.",
      "- One tab character between two columns. Every row has every column, in header order.",
      "- Inside a value write a line break as \\n and a tab as \\t.",
      "- Everything else is written as it is: no quotes around values, no Markdown, no code"
        + " fences, and & < > are not escaped.",
      "- A value that is not known is ?.",
      "- Close every block with its tag, also an empty one.",
    ]
  }

  private func columnRules(_ table: TableDefinition) -> [String] {
    let lines = table.columns.compactMap { rule(for: $0) }
    return lines.isEmpty ? [] : ["", "Columns of \(table.tag):"] + lines
  }

  private func rule(for column: ColumnDefinition) -> String? {
    var parts: [String] = []
    switch column.column.type {
    case .integer: parts.append("a whole number")
    case .number: parts.append("a number")
    case .boolean: parts.append("true or false")
    case .string: break
    }
    if !column.enumValues.isEmpty {
      parts.append("one of " + column.enumValues.joined(separator: ", "))
    }
    if let reference = column.references, let target = table(named: reference.property) {
      parts.append("the \(reference.column) of a row of \(target.tag)")
    }
    if let description = column.description { parts.append(description) }
    return parts.isEmpty ? nil : "- \(column.column.name): " + parts.joined(separator: "; ")
  }
}
