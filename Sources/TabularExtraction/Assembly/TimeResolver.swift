public import TranscriptModel

/// Turns the written times of a table into moments.
///
/// An ambiguous spelling is settled by the length of the media and by its neighbours, see
/// ``ReadingChoice``. Takes time in proportion to the rows.
public struct TimeResolver: Sendable {
  /// The latest moment a time can mean; `nil` when the length is not known.
  public let limit: Timecode?

  /// A resolver for media of a length.
  public init(limit: Timecode?) { self.limit = limit }

  /// Reads the start and end columns of a table.
  ///
  /// A cell that can be read becomes a time. Any other keeps its text and becomes invalid; a
  /// missing one stays missing. Whole numbers and decimal numbers are seconds.
  ///
  /// - Returns: What was chosen, read leniently, or could not be read.
  public func resolve(_ table: inout Table) -> [Finding] {
    var findings: [Finding] = []
    var starts: TimeColumn?
    if let column = table.column(.start) {
      var times = TimeColumn(table, column: column)
      times.settle(limit: limit, texts: table.column(.text).map { textLengths(table, $0) })
      times.write(to: &table)
      findings += times.findings
      starts = times
    }
    if let column = table.column(.end) {
      var times = TimeColumn(table, column: column)
      times.settle(after: starts)
      times.write(to: &table)
      findings += times.findings
    }
    return findings
  }

  private func textLengths(_ table: Table, _ column: Int) -> [Int] {
    (0..<table.rowCount).map { table.withUTF8(row: $0, column: column, \.count) }
  }
}
