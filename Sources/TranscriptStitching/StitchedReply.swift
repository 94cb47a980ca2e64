package import TranscriptModel

/// Several replies about one source, made into one.
package struct StitchedReply: Sendable {
  /// Where a row comes from.
  package struct Origin: Hashable, Sendable {
    /// The piece, counted from 0 in source time.
    package let piece: Int
    /// The row of the piece's table.
    package let row: Int
  }

  /// The tables; every row of the pieces is there once.
  package var tables: [Table]
  /// The transcript made of them.
  package var transcript: Transcript
  /// What was found in the pieces, while stitching, and in the whole.
  package var findings: [Finding]
  /// Which voices of which pieces are taken to be one.
  package var merges: VoiceMergeTable
  /// For each row of the transcript, the rows it was made of, the one shown first.
  package var origins: [[Origin]]
  /// What no piece covers, of what was asked about; in order.
  package var uncovered: [TimeRange]

  /// Whether everything that was asked about is covered.
  package var isComplete: Bool { uncovered.isEmpty }
}
