package import OrderedJSON

extension Table {
  package var json: JSONValue {
    var object = columnsJSON
    object["rows"] = .array((0..<rowCount).map(rowJSON))
    if !invalidCells.isEmpty { object["invalid"] = .array(invalidCells) }
    return .object(object)
  }

  func write(to lines: inout LineWriter) {
    lines.open("{", key: name)
    for (key, value) in columnsJSON.members { lines.member(key, value) }
    lines.open("[", key: "rows")
    for row in 0..<rowCount { lines.element { write(row, to: &$0) } }
    lines.close("]")
    if !invalidCells.isEmpty { lines.member("invalid", .array(invalidCells)) }
    lines.close("}")
  }

  private var columnsJSON: JSONObject {
    [
      "columns": .array(columns.map { .init($0.name) }),
      "types": .array(columns.map { .init($0.type.rawValue) }),
      "roles": .array(columns.map { column in column.role.map { .init($0.rawValue) } ?? .null }),
    ]
  }

  private func rowJSON(_ row: Int) -> JSONValue {
    .array(columns.indices.map { self[row, $0].json })
  }

  /// Writes a row as ``rowJSON(_:)`` has it, without making strings of its cells.
  private func write(_ row: Int, to output: inout [UInt8]) {
    for column in columns.indices {
      output.append(UInt8(ascii: column == 0 ? "[" : ","))
      let slot = slots[row * columns.count + column]
      if slot.kind == .text || slot.kind == .invalid {
        withBytes(of: slot) { JSONValue.render(string: $0, to: &output) }
      } else {
        self[row, column].json.render(to: &output)
      }
    }
    output.append(contentsOf: columns.isEmpty ? "[]".utf8 : "]".utf8)
  }

  /// Row and column of each cell that does not have its column's type.
  private var invalidCells: [JSONValue] {
    slots.indices.filter { slots[$0].kind == .invalid }.map { index in
      [.init(index / columns.count), .init(index % columns.count)]
    }
  }
}

extension Cell {
  /// The cell of a table row: `?` when missing, a JSON number where it is one.
  package var json: JSONValue {
    switch self {
    case .missing: "?"
    case .text(let text), .invalid(let text): .init(text)
    case .integer(let value): .init(value)
    case .number(let text): (try? JSONValue(parsing: text)) ?? .init(text)
    case .boolean(let flag): .init(flag)
    case .time(let time): .init(time.renderedExactly)
    }
  }

  /// Reads a cell of a column; a `?` or `null` is missing.
  init(json: JSONValue, column: Column, isInvalid: Bool) {
    switch json {
    case .null, .string("?"): self = .missing
    case .bool(let flag): self = .boolean(flag)
    case .number(let number):
      let integer = column.type == .number ? nil : Int(number.text)
      self = integer.map(Cell.integer) ?? .number(number.text)
    case .string(let text): self = isInvalid ? .invalid(text) : Cell(text: text, column: column)
    case .array, .object: self = .invalid(json.rendered())
    }
  }

  private init(text: String, column: Column) {
    var text = text
    if column.isTime, let time = text.withUTF8(Timecode.init(rendered:)) {
      self = .time(time)
    } else {
      self = column.type == .number ? .number(text) : .text(text)
    }
  }
}
