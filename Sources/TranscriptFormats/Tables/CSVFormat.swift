/// Comma-separated values (RFC 4180), `csv`.
///
/// Frozen. The first record has the names of the columns: `row`, `start`, `end`, `voice`, `speaker`,
/// `name`, `company`, `position`, `role`, `text`, `checked`; then one record for each row.
/// Where there are no rows, the first table of the reply with its own columns. Each table of the reply
/// has a file of its own beside it, `STEM.TABLE.csv` (``WholeTable``).
///
/// ``TableCells`` says what is in them, ``SafeCell`` which get an apostrophe so that no spreadsheet
/// runs them. Texts are as they are otherwise, line breaks too. A cell with a comma, quotation mark, carriage return or line feed is put between quotation marks, and those in
/// it are doubled. Records end with a carriage return and a line feed.
public struct CSVFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "csv"
  /// The media type.
  public let mediaType = "text/csv; charset=utf-8; header=present"
  /// What it is and for whom.
  public let summary = "a table for spreadsheets and data frames"

  /// Tables without rows are written.
  public let hasTables = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The records.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    if let table = transcript.tableForRows { return Self.bytes(of: WholeTable(table: table)) }
    var output: [UInt8] = []
    output.reserveCapacity(transcript.estimatedBytes(around: 120))
    let cells = TableCells(transcript: transcript)
    for (index, column) in TableCells.columns.enumerated() {
      if index > 0 { output.append(",") }
      output.append(column)
    }
    output.append("\r\n")
    var safe = SafeCell()
    for position in transcript.segments.indices {
      var isFirst = true
      cells.forEach(position) { cell in
        if !isFirst { output.append(",") }
        isFirst = false
        safe.with(cell) { Self.append($0, to: &output) }
      }
      output.append("\r\n")
    }
    return output
  }

  /// A file for each table, `STEM.TABLE.csv`.
  public func companions(
    of transcript: ExportedTranscript,
    options: FormatOptions
  ) -> [FormatFile] {
    WholeTable.files(of: transcript, suffix: suffix).map {
      FormatFile(suffix: $0.suffix, bytes: Self.bytes(of: $0.table))
    }
  }

  private static func bytes(of table: WholeTable) -> [UInt8] {
    var records = Records()
    table.forEachRecord { records.add($0) }
    return records.output
  }

  /// Records of any columns, with the same care for spreadsheets.
  package static func bytes(columns: [String], rows: [[String]]) -> [UInt8] {
    var records = Records()
    for record in [columns] + rows { records.add(record) }
    return records.output
  }

  private struct Records {
    var output: [UInt8] = []
    private var safe = SafeCell()

    mutating func add(_ cells: [String]) {
      for (index, cell) in cells.enumerated() {
        if index > 0 { output.append(",") }
        var cell = cell
        cell.withUTF8 { safe.with($0) { CSVFormat.append($0, to: &output) } }
      }
      output.append("\r\n")
    }
  }

  private static func append(_ cell: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    guard cell.contains(where: isDelimiter) else { return output.append(contentsOf: cell) }
    output.append(quoted: cell)
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0D || byte == 0x0A
  }
}
