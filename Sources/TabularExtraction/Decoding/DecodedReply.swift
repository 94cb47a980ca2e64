public import TranscriptModel

/// What a reply holds: its tables, and what is odd or missing about them.
public struct DecodedReply: Sendable {
  /// A piece of the reply that should have been a row but could not be read as one.
  public struct Refusal: Hashable, Sendable {
    /// The table it belongs to, when that is known.
    public let table: String?
    /// Its place in the reply, in bytes.
    public let range: Range<Int>
    /// The piece as the reply has it.
    public let text: String
  }

  /// One table for each of the schema, in its order; a table the reply lacks is empty.
  public var tables: [Table]
  /// What was odd, doubtful or missing, in the order in which it was first met.
  public var findings: [Finding]
  /// Whether every table came and ended properly; `false` when anything is known to be missing.
  public var isComplete: Bool
  /// The pieces that are no rows, in reply order.
  public var refusals: [Refusal]

  /// A decoded reply.
  public init(
    tables: [Table],
    findings: [Finding] = [],
    isComplete: Bool = true,
    refusals: [Refusal] = []
  ) {
    self.tables = tables
    self.findings = findings
    self.isComplete = isComplete
    self.refusals = refusals
  }
}
