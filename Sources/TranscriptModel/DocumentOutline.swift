package import OrderedJSON

/// What is known of a document as a whole, without its rows: small however long the recording is.
public struct DocumentOutline: Sendable {
  /// A table without its rows.
  public struct Table: Hashable, Sendable {
    /// The table's name.
    public let name: String
    /// How many rows it has.
    public let rowCount: Int
  }

  /// The video or audio that was transcribed.
  public let source: TranscriptDocument.Source
  /// How the transcript was made.
  public let run: TranscriptDocument.Run
  /// What it cost.
  public let cost: TranscriptDocument.Cost
  /// What is noteworthy about it.
  public let findings: [Finding]
  /// Whether nothing is missing.
  public let isComplete: Bool
  /// Whether the times of its rows were set by the sound.
  public let hasSetTimes: Bool
  /// Its tables, in order.
  public let tables: [Table]
  /// How many rows of the transcript there are.
  public let rowCount: Int
  /// How many speakers there are.
  public let speakerCount: Int
  /// How many of them are known by name.
  public let identifiedCount: Int
  /// The corrections that came from another run.
  package let carried: [JSONValue]

  /// The outline of a document.
  public init(_ document: TranscriptDocument) {
    let transcript = document.transcript
    source = document.source
    run = document.run
    cost = document.cost
    findings = document.findings
    isComplete = document.isComplete
    hasSetTimes = document.hasSetTimes
    tables = document.tables.map { Table(name: $0.name, rowCount: $0.rowCount) }
    rowCount = transcript.segments.count
    speakerCount = transcript.speakers.count
    identifiedCount = transcript.speakers.count(where: \.isIdentified)
    carried = document.corrections.filter { CarriedCorrection($0) != nil }
  }
}
