public import TranscriptModel

/// Turns the written times of a table into moments.
///
/// How a spelling is meant is settled for a column as a whole, by the length of the media, the clip
/// and the order of the rows; see ``ColumnReading``. Takes time in proportion to the rows.
public struct TimeResolver: Sendable {
  private let frame: TimeFrame

  /// A resolver for media of a length; `nil` when that is not known.
  public init(limit: Timecode?) { self.init(clip: nil, duration: limit, timebase: .auto) }

  /// A resolver for a part of media.
  ///
  /// - Parameters:
  ///   - clip: The part that was sent; `nil` for all of it.
  ///   - duration: The length of the media; `nil` when it is not known.
  ///   - timebase: What times may count from.
  public init(clip: TimeRange?, duration: Timecode?, timebase: Timebase) {
    frame = TimeFrame(clip: clip, duration: duration, timebase: timebase)
  }

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
      times.settle(in: frame, texts: table.column(.text).map { textLengths(table, $0) })
      times.write(to: &table)
      findings += times.findings
      starts = times
    }
    if let column = table.column(.end) {
      var times = TimeColumn(table, column: column)
      times.settle(after: starts, in: frame)
      times.write(to: &table)
      findings += times.findings
    }
    return findings
  }

  private func textLengths(_ table: Table, _ column: Int) -> [Int] {
    (0..<table.rowCount).map { table.withUTF8(row: $0, column: column, \.count) }
  }
}
