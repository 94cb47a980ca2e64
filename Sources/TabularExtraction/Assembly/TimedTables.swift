public import TranscriptModel

/// The tables of a reply with their times read, in source time.
public struct TimedTables: Sendable {
  /// The tables; cells of start and end columns are times wherever they can be read.
  public var tables: [Table]
  /// What was chosen, read leniently, moved, or could not be read.
  public var findings: [Finding]

  /// Tables with what was found out about their times.
  public init(tables: [Table], findings: [Finding] = []) {
    self.tables = tables
    self.findings = findings
  }
}
