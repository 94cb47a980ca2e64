internal import OrderedJSON

/// The roles of columns by name, as the tables of a document state them.
struct ColumnRoles {
  private var roles: [String: Column.Role] = [:]

  init(_ tables: [Table]) {
    for column in tables.flatMap(\.columns) where roles[column.name] == nil {
      roles[column.name] = column.role
    }
  }

  func fields(
    _ reader: DocumentReader?
  ) throws(TranscriptDocumentError) -> [TranscriptSegment.Field] {
    guard let reader else { return [] }
    guard let members = reader.value.object?.members else { throw reader.fault("an object is due") }
    return members.map { name, value in
      let column = Column(name: name, role: roles[name])
      return .init(
        column: name,
        role: column.role,
        value: Cell(json: value, column: column, isInvalid: false)
      )
    }
  }
}

extension TranscriptSegment {
  init(_ reader: DocumentReader, roles: ColumnRoles) throws(TranscriptDocumentError) {
    self.init(
      row: try reader.required("row").index(),
      start: try reader.member("startMS")?.time(),
      end: try reader.member("endMS")?.time(),
      endIsEstimate: try reader.member("endIsEstimate")?.bool() ?? false,
      voice: try reader.member("voice")?.int(),
      text: try reader.string("text"),
      extras: try roles.fields(reader.member("extras"))
    )
  }
}

extension Speaker {
  init(_ reader: DocumentReader, roles: ColumnRoles) throws(TranscriptDocumentError) {
    self.init(
      voice: try reader.required("voice").int(),
      name: try reader.optionalString("name"),
      company: try reader.optionalString("company"),
      position: try reader.optionalString("position"),
      role: try reader.optionalString("role"),
      nameStatus: try reader.optionalString("nameStatus").map(NameStatus.init) ?? .unknown,
      isDescribed: try reader.member("described")?.bool() ?? true,
      extras: try roles.fields(reader.member("extras"))
    )
  }
}

extension Finding {
  init(reader: DocumentReader) throws(TranscriptDocumentError) {
    let severityReader = try reader.required("severity")
    guard let severity = Severity(rawValue: try severityReader.string()) else {
      throw severityReader.fault("error, warning or note is due")
    }
    var rows: [Row] = []
    for row in try reader.list("rows") {
      rows.append(Row(table: try row.string("table"), index: try row.required("row").index()))
    }
    let code = Code(rawValue: try reader.string("code"))
    self.init(code, severity, try reader.string("message"), rows: rows)
  }
}
