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

extension Transcript {
  init(_ document: DocumentReader, roles: ColumnRoles) throws(TranscriptDocumentError) {
    self.init()
    if let member = try document.member("segments") {
      segments = try member.map { value in
        TranscriptSegment(usual: value)
      } otherwise: { reader throws(TranscriptDocumentError) in
        try TranscriptSegment(reader, roles: roles)
      }
    }
    for reader in try document.list("speakers") {
      speakers.append(try Speaker(reader, roles: roles))
    }
  }
}

extension TranscriptSegment {
  /// A segment whose members are all as they should be, read in one walk through them; `nil` for any
  /// other, which the reader that can name faults is asked for.
  fileprivate init?(usual value: JSONValue) {
    guard let members = value.object?.members else { return nil }
    var (row, voice, text): (Int?, Int?, String?)
    var (start, end): (Timecode?, Timecode?)
    var endIsEstimate = false
    for (key, value) in members where !value.isNull {
      switch (key, value) {
      case ("row", .number): row = value.int
      case ("text", .string(let words)): text = words
      case ("endIsEstimate", .bool(let flag)): endIsEstimate = flag
      case ("voice", .number):
        guard let number = value.int else { return nil }
        voice = number
      case ("startMS", .number):
        guard let time = Timecode(usual: value) else { return nil }
        start = time
      case ("endMS", .number):
        guard let time = Timecode(usual: value) else { return nil }
        end = time
      default: return nil
      }
    }
    guard let row, (0...Self.greatestUsualRow).contains(row), let text else { return nil }
    self.init(
      row: row,
      start: start,
      end: end,
      endIsEstimate: endIsEstimate,
      voice: voice,
      text: text,
      extras: []
    )
  }

  /// Rows beyond it are looked at closely.
  private static let greatestUsualRow = 1 << 31

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

extension Timecode {
  /// A time of some days at most; others are looked at closely.
  fileprivate init?(usual value: JSONValue) {
    guard let milliseconds = value.int, (0...Int(Int32.max)).contains(milliseconds) else {
      return nil
    }
    self.init(milliseconds: milliseconds)
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
