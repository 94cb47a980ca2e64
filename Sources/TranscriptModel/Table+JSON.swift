internal import OrderedJSON

extension Table {
  var json: JSONValue {
    var object = columnsJSON
    object["rows"] = .array((0..<rowCount).map(rowJSON))
    object["invalid"] = invalidCells.isEmpty ? nil : .array(invalidCells)
    return .object(object)
  }

  func write(to lines: inout LineWriter) {
    lines.open("{", key: name)
    for (key, value) in columnsJSON.members { lines.member(key, value) }
    lines.list("rows", (0..<rowCount).lazy.map(rowJSON))
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

  /// Row and column of each cell that does not have its column's type.
  private var invalidCells: [JSONValue] {
    var cells: [JSONValue] = []
    for row in 0..<rowCount {
      for column in columns.indices {
        if case .invalid = self[row, column] { cells.append([.init(row), .init(column)]) }
      }
    }
    return cells
  }
}

extension Cell {
  /// The cell of a table row: `?` when missing, a JSON number where it is one.
  var json: JSONValue {
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
    if column.role == .start || column.role == .end,
      let time = try? Timecode(parsing: text), time.renderedExactly == text
    {
      self = .time(time)
    } else {
      self = column.type == .number ? .number(text) : .text(text)
    }
  }
}
