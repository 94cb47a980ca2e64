/// Tab-separated values, `tsv`.
///
/// Frozen. The columns of ``CSVFormat``, a tab between cells, a line feed behind each row. Each cell
/// is one line (``LineText``), so that no tab or line break is left in it; one that a spreadsheet
/// would run gets an apostrophe in front. Nothing is quoted.
public struct TSVFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "tsv"
  /// The media type.
  public let mediaType = "text/tab-separated-values; charset=utf-8"
  /// What it is and for whom.
  public let summary = "a table, tabs between its cells"

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(transcript.estimatedBytes(around: 120))
    let cells = TableCells(transcript: transcript)
    for (index, column) in TableCells.columns.enumerated() {
      if index > 0 { output.append("\t") }
      output.append(column)
    }
    output.append("\n")
    var line = LineText()
    for position in transcript.segments.indices {
      var isFirst = true
      cells.forEach(position) { cell in
        if !isFirst { output.append("\t") }
        isFirst = false
        line.set(cell)
        line.bytes.withUnsafeBufferPointer { cell in
          if TableCells.looksLikeFormula(cell) { output.append("'") }
          output.append(contentsOf: cell)
        }
      }
      output.append("\n")
    }
    return output
  }
}
