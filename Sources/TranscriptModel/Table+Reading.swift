internal import OrderedJSON

extension Table {
  /// The tables of a document by name, in its order.
  static func tables(_ reader: DocumentReader) throws(TranscriptDocumentError) -> [Table] {
    guard let names = reader.value.object?.keys else { throw reader.fault("an object is due") }
    var tables: [Table] = []
    for name in names { tables.append(try Table(name: name, reader: reader.required(name))) }
    return tables
  }

  private init(name: String, reader: DocumentReader) throws(TranscriptDocumentError) {
    self.init(name: name, columns: try Self.columns(reader))
    let invalid = try Self.invalidCells(reader)
    let width = columns.count
    for (index, row) in try reader.required("rows").elements().enumerated() {
      guard let cells = row.value.array, cells.count == width else {
        throw row.fault("a list of \(width) cells is due")
      }
      for (column, cell) in cells.enumerated() {
        let isInvalid = invalid.contains([index, column])
        append(Cell(json: cell, column: columns[column], isInvalid: isInvalid))
      }
    }
  }

  static func columns(_ reader: DocumentReader) throws(TranscriptDocumentError) -> [Column] {
    let types = try reader.list("types")
    let roles = try reader.list("roles")
    var columns: [Column] = []
    for (index, name) in try reader.required("columns").elements().enumerated() {
      columns.append(
        Column(
          name: try name.string(),
          type: types.indices.contains(index) ? try type(types[index]) : .string,
          role: roles.indices.contains(index) ? try role(roles[index]) : nil
        )
      )
    }
    return columns
  }

  private static func type(
    _ reader: DocumentReader
  ) throws(TranscriptDocumentError)
    -> Column.ValueType
  {
    guard let type = Column.ValueType(rawValue: try reader.string()) else {
      throw reader.fault("string, integer, number or boolean is due")
    }
    return type
  }

  private static func role(_ reader: DocumentReader) throws(TranscriptDocumentError) -> Column.Role?
  {
    reader.value.isNull ? nil : Column.Role(rawValue: try reader.string())
  }

  /// Row and column of cells that do not have their column's type.
  static func invalidCells(
    _ reader: DocumentReader
  ) throws(TranscriptDocumentError) -> Set<[Int]> {
    var cells: Set<[Int]> = []
    for pair in try reader.list("invalid") {
      cells.insert(
        try TranscriptDocument.map(pair.elements()) { reader throws(TranscriptDocumentError) in
          try reader.index()
        }
      )
    }
    return cells
  }
}
