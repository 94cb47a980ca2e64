public import TranscriptModel

/// Several replies about one source, made into one.
public struct StitchedReply: Sendable {
  /// Where a row comes from.
  public struct Origin: Hashable, Sendable {
    /// The piece, counted from 0 in source time.
    public let piece: Int
    /// The row of the piece's table.
    public let row: Int
  }

  /// The tables; every row of the pieces is there once.
  public var tables: [Table]
  /// The transcript made of them.
  public var transcript: Transcript
  /// What was found in the pieces, while stitching, and in the whole.
  public var findings: [Finding]
  /// Which voices of which pieces are taken to be one.
  public var merges: VoiceMergeTable
  /// For each row of the transcript, the rows it was made of, the one shown first.
  public var origins: [[Origin]]
  /// What no piece covers, of what was asked about; in order.
  public var uncovered: [TimeRange]

  /// Whether everything that was asked about is covered.
  public var isComplete: Bool { uncovered.isEmpty }
}
