/// Comma-separated values (RFC 4180), `csv`.
///
/// Frozen. The first record has the names of the columns: `row`, `start`, `end`, `voice`, `speaker`,
/// `name`, `company`, `position`, `role`, `text`, `checked`; then one record for each row.
/// ``TableCells`` says what is in them, and which cells get an apostrophe so that no spreadsheet runs
/// them. Texts are as they are, line breaks too, but for U+0000, which becomes U+FFFD. A cell with a
/// comma, quotation mark, carriage return or line feed is put between quotation marks, and those in
/// it are doubled. Records end with a carriage return and a line feed.
public struct CSVFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "csv"
  /// The media type.
  public let mediaType = "text/csv; charset=utf-8; header=present"
  /// What it is and for whom.
  public let summary = "a table for spreadsheets and data frames"

  /// The format.
  public init() {}

  /// The records.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(transcript.estimatedBytes(around: 120))
    let cells = TableCells(transcript: transcript)
    for (index, column) in TableCells.columns.enumerated() {
      if index > 0 { output.append(",") }
      output.append(column)
    }
    output.append("\r\n")
    for position in transcript.segments.indices {
      var isFirst = true
      cells.forEach(position) { cell in
        if !isFirst { output.append(",") }
        isFirst = false
        Self.append(cell, to: &output)
      }
      output.append("\r\n")
    }
    return output
  }

  private static func append(_ cell: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    let isPlain = cell.allSatisfy {
      $0 != 0x2C && $0 != 0x22 && $0 != 0x0D && $0 != 0x0A && $0 != 0
    }
    let isQuoted = !isPlain && cell.contains { $0 != 0 && $0 <= 0x2C && isDelimiter($0) }
    if isQuoted { output.append("\"") }
    if TableCells.looksLikeFormula(cell) { output.append("'") }
    if isPlain {
      output.append(contentsOf: cell)
    } else {
      for byte in cell {
        switch byte {
        case 0: output.append("\u{FFFD}")
        case 0x22: output.append("\"\"")
        default: output.append(byte)
        }
      }
    }
    if isQuoted { output.append("\"") }
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0D || byte == 0x0A
  }
}
