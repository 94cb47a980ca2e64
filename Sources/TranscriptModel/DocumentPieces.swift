internal import OrderedJSON

/// Reads a document from its bytes straight into tables, without a tree of its long members.
///
/// It reads what `TranscriptDocument.init(json:)` reads, and to the same; a fault, a key with escapes, two
/// tables of one name or segments before tables end it, and then that one is asked.
struct DocumentPieces {
  private let document: [UInt8]
  private var tables: [Table]?
  private var segments: [TranscriptSegment]?
  private var findings: [Finding] = []
  /// The members that are short.
  private var others: [(String, JSONValue)] = []

  private init(_ document: [UInt8]) { self.document = document }

  /// The document; `nil` when the reader of trees is to be asked.
  static func document(_ bytes: [UInt8]) -> TranscriptDocument? {
    var pieces = DocumentPieces(bytes)
    do {
      try JSONParser.read(bytes) { parser throws(JSONSyntaxError) in
        try parser.members { key, parser throws(JSONSyntaxError) in
          try pieces.readMember(key, &parser)
        }
      }
      return try pieces.assembled()
    } catch {
      return nil
    }
  }

  private func assembled() throws(TranscriptDocumentError) -> TranscriptDocument {
    let others = DocumentReader(.object(JSONObject(others)))
    try TranscriptDocument.checkVersion(others)
    guard let tables else { throw others.fault("the member “tables” is missing") }
    return try TranscriptDocument(
      others,
      tables: tables,
      segments: segments ?? [],
      findings: findings
    )
  }

  private mutating func readMember(
    _ key: JSONParser.Key,
    _ parser: inout JSONParser
  ) throws(JSONSyntaxError) {
    switch key {
    case "tables": try readTables(&parser)
    case "segments": try readSegments(&parser)
    case "findings": findings = try Self.findings(&parser)
    default: others.append((key.text, try parser.value()))
    }
  }

  private mutating func readTables(_ parser: inout JSONParser) throws(JSONSyntaxError) {
    // Segments name columns of tables.
    guard segments == nil else { throw parser.unusual }
    var tables: [Table] = []
    try parser.members { [document] key, parser throws(JSONSyntaxError) in
      let name = key.text
      guard !tables.contains(where: { $0.name == name }) else { throw parser.unusual }
      tables.append(try Table(name: name, of: document, &parser))
    }
    self.tables = tables
  }

  private mutating func readSegments(_ parser: inout JSONParser) throws(JSONSyntaxError) {
    guard let tables else { throw parser.unusual }
    let roles = ColumnRoles(tables)
    var segments: [TranscriptSegment] = []
    segments.reserveCapacity(tables.map(\.rowCount).max() ?? 0)
    try parser.elements { parser throws(JSONSyntaxError) in
      segments.append(try TranscriptSegment(&parser, roles: roles))
    }
    self.segments = segments
  }

  private static func findings(_ parser: inout JSONParser) throws(JSONSyntaxError) -> [Finding] {
    var findings: [Finding] = []
    try parser.elements { parser throws(JSONSyntaxError) in findings.append(try Finding(&parser)) }
    return findings
  }
}

extension JSONParser {
  /// What a function reads; `nil` when the value is null.
  fileprivate mutating func optional<Value>(
    _ read: (inout JSONParser) throws(JSONSyntaxError) -> Value
  ) throws(JSONSyntaxError) -> Value? {
    skipNull() ? nil : try read(&self)
  }

  /// The number of a row.
  fileprivate mutating func index() throws(JSONSyntaxError) -> Int {
    let index = try int()
    guard index.magnitude <= DocumentReader.greatestIndex else { throw unusual }
    return index
  }

  fileprivate mutating func time() throws(JSONSyntaxError) -> Timecode {
    let milliseconds = try int()
    guard milliseconds >= 0 else { throw unusual }
    return Timecode(milliseconds: milliseconds.asAmount)
  }
}

extension TranscriptSegment {
  fileprivate init(
    _ parser: inout JSONParser,
    roles: ColumnRoles
  ) throws(JSONSyntaxError) {
    var (row, voice, text): (Int?, Int?, String?)
    var (start, end): (Timecode?, Timecode?)
    var endIsEstimate: Bool?
    var extras: [Field] = []
    try parser.members { key, parser throws(JSONSyntaxError) in
      switch key {
      case "row": row = try parser.index()
      case "startMS":
        start = try parser.optional { parser throws(JSONSyntaxError) in try parser.time() }
      case "endMS":
        end = try parser.optional { parser throws(JSONSyntaxError) in try parser.time() }
      case "endIsEstimate":
        endIsEstimate = try parser.optional { parser throws(JSONSyntaxError) in try parser.bool() }
      case "voice":
        voice = try parser.optional { parser throws(JSONSyntaxError) in try parser.int() }
      case "text": text = try parser.text()
      case "extras": extras = try roles.fields(&parser)
      default: try parser.skipValue()
      }
    }
    guard let row, let text else { throw parser.unusual }
    self.init(
      row: row,
      start: start,
      end: end,
      endIsEstimate: endIsEstimate ?? false,
      voice: voice,
      text: text,
      extras: extras
    )
  }
}

extension ColumnRoles {
  fileprivate func fields(
    _ parser: inout JSONParser
  ) throws(JSONSyntaxError) -> [TranscriptSegment.Field] {
    let json = try parser.value()
    do throws(TranscriptDocumentError) {
      return json.isNull ? [] : try fields(DocumentReader(json))
    } catch {
      throw parser.unusual
    }
  }
}

extension Finding {
  fileprivate init(_ parser: inout JSONParser) throws(JSONSyntaxError) {
    var (code, severity, message): (String?, Severity?, String?)
    var rows: [Row] = []
    try parser.members { key, parser throws(JSONSyntaxError) in
      switch key {
      case "code": code = try parser.text()
      case "severity": severity = Severity(rawValue: try parser.text())
      case "message": message = try parser.text()
      case "rows":
        rows = []
        if parser.skipNull() { return }
        try parser.elements { parser throws(JSONSyntaxError) in rows.append(try Row(&parser)) }
      default: try parser.skipValue()
      }
    }
    guard let code, let severity, let message else { throw parser.unusual }
    self.init(Code(rawValue: code), severity, message, rows: rows)
  }
}

extension Finding.Row {
  fileprivate init(_ parser: inout JSONParser) throws(JSONSyntaxError) {
    var (table, index): (String?, Int?)
    try parser.members { key, parser throws(JSONSyntaxError) in
      switch key {
      case "table": table = try parser.text()
      case "row": index = try parser.index()
      default: try parser.skipValue()
      }
    }
    guard let table, let index else { throw parser.unusual }
    self.init(table: table, index: index)
  }
}

// MARK: Tables

extension Table {
  /// Reads a table whose cells are ranges of the document.
  fileprivate init(
    name: String,
    of document: [UInt8],
    _ parser: inout JSONParser
  ) throws(JSONSyntaxError) {
    var others: [(String, JSONValue)] = []
    var rows: Int?
    try parser.members { key, parser throws(JSONSyntaxError) in
      guard case "rows" = key else { return others.append((key.text, try parser.value())) }
      _ = parser.kind()
      rows = parser.position
      try parser.skipValue()
    }
    let end = parser.position
    guard let rows else { throw parser.unusual }
    var reader = try TableRows(JSONObject(others), parser)
    // What the columns are may stand behind the rows.
    parser.position = rows
    try parser.elements { parser throws(JSONSyntaxError) in try reader.readRow(&parser) }
    parser.position = end
    self.init(name: name, columns: reader.columns, reply: document, contents: reader.contents)
  }
}

/// Reads the rows of a table.
private struct TableRows {
  let columns: [Column]
  private(set) var contents = Table.Contents()
  private let invalid: Set<[Int]>
  private var row = 0

  /// Rows of the columns that the other members of a table name.
  init(_ table: JSONObject, _ parser: JSONParser) throws(JSONSyntaxError) {
    let reader = DocumentReader(.object(table))
    do throws(TranscriptDocumentError) {
      columns = try Table.columns(reader)
      invalid = try Table.invalidCells(reader)
    } catch {
      throw parser.unusual
    }
  }

  mutating func readRow(_ parser: inout JSONParser) throws(JSONSyntaxError) {
    var column = 0
    try parser.elements { parser throws(JSONSyntaxError) in
      guard column < columns.count else { throw parser.unusual }
      let isInvalid = !invalid.isEmpty && invalid.contains([row, column])
      let slot = try slot(&parser, columns[column], isInvalid: isInvalid)
      contents.slots.append(slot)
      column += 1
    }
    guard column == columns.count else { throw parser.unusual }
    row += 1
  }

  private mutating func slot(
    _ parser: inout JSONParser,
    _ column: Column,
    isInvalid: Bool
  ) throws(JSONSyntaxError) -> Table.Slot {
    switch parser.kind() {
    case .string:
      if let range = try parser.plainText() {
        return Self.slot(range, parser.bytes(range), column, isInvalid: isInvalid)
      }
    case .number:
      let (range, whole) = try parser.numeral()
      if column.type != .number, let value = whole ?? Int(parser.text(range)) {
        return .integer(value)
      }
      return Table.Slot(kind: .number, value: range.lowerBound, count: range.count)
    case .object, .array, .word: break
    }
    let cell = Cell(json: try parser.value(), column: column, isInvalid: isInvalid)
    return Table.Slot(cell, keepingTextIn: &contents.ownText)
  }

  /// A text that stands in the document as it is.
  private static func slot(
    _ range: Range<Int>,
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ column: Column,
    isInvalid: Bool
  ) -> Table.Slot {
    if bytes.count == 1, bytes[0] == UInt8(ascii: "?") { return .missing }
    var kind = Table.Slot.Kind.invalid
    if !isInvalid {
      if column.isTime, let time = Timecode(rendered: bytes) {
        return Table.Slot(kind: .time, value: time.milliseconds)
      }
      kind = column.type == .number ? .number : .text
    }
    return Table.Slot(kind: kind, value: range.lowerBound, count: range.count)
  }
}
