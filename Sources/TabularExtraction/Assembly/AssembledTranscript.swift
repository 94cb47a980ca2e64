public import TranscriptModel

/// A reply made into a transcript.
public struct AssembledTranscript: Sendable {
  /// The tables with their times read, in source time.
  public var tables: [Table]
  /// The transcript; without segments when no table has the roles of one.
  public var transcript: Transcript
  /// What was chosen on the way, and what validation found.
  public var findings: [Finding]

  /// A transcript with its tables and findings.
  public init(tables: [Table], transcript: Transcript, findings: [Finding]) {
    self.tables = tables
    self.transcript = transcript
    self.findings = findings
  }
}
