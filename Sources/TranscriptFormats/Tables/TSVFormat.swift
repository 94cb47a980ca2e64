/// Tab-separated values, `tsv`.
///
/// Frozen. The columns and files of ``CSVFormat``, a tab between cells, a line feed behind each row. Each cell
/// is one line (``LineText``), so that no tab or line break is left in it, and has an apostrophe where
/// a spreadsheet would run it (``SafeCell``). A cell with a quotation mark is put between quotation
/// marks, and those in it are doubled, as Python's `csv`, pandas and polars read it.
public struct TSVFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "tsv"
  /// The media type.
  public let mediaType = "text/tab-separated-values; charset=utf-8"
  /// What it is and for whom.
  public let summary = "a table, tabs between its cells"

  /// Tables without rows are written.
  public let hasTables = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    if let table = transcript.tableForRows { return Self.bytes(of: WholeTable(table: table)) }
    var output: [UInt8] = []
    output.reserveCapacity(transcript.estimatedBytes(around: 120))
    let cells = TableCells(transcript: transcript)
    for (index, column) in TableCells.columns.enumerated() {
      if index > 0 { output.append("\t") }
      output.append(column)
    }
    output.append("\n")
    var line = LineText()
    var safe = SafeCell()
    for position in transcript.segments.indices {
      var isFirst = true
      cells.forEach(position) { cell in
        if !isFirst { output.append("\t") }
        isFirst = false
        line.set(cell)
        line.bytes.withUnsafeBufferPointer { line in
          safe.with(line) { Self.append($0, to: &output) }
        }
      }
      output.append("\n")
    }
    return output
  }

  /// A file for each table, `STEM.TABLE.tsv`.
  public func companions(
    of transcript: ExportedTranscript,
    options: FormatOptions
  ) -> [FormatFile] {
    WholeTable.files(of: transcript, suffix: suffix).map {
      FormatFile(suffix: $0.suffix, bytes: Self.bytes(of: $0.table))
    }
  }

  private static func bytes(of table: WholeTable) -> [UInt8] {
    var output: [UInt8] = []
    var line = LineText()
    var safe = SafeCell()
    table.forEachRecord { cells in
      for (index, cell) in cells.enumerated() {
        if index > 0 { output.append("\t") }
        line.set(cell)
        line.bytes.withUnsafeBufferPointer { line in safe.with(line) { append($0, to: &output) } }
      }
      output.append("\n")
    }
    return output
  }

  private static func append(_ cell: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    guard cell.contains(0x22) else { return output.append(contentsOf: cell) }
    output.append(quoted: cell)
  }
}
