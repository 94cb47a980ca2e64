package import TabularExtraction
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
package struct TranscriptStitcher: Sendable {
  /// Builds and validates the whole; its clip is all that was asked about.
  package var assembler: TranscriptAssembler

  /// A stitcher for replies about a source.
  package init(assembler: TranscriptAssembler) { self.assembler = assembler }

  /// Makes one reply of several.
  ///
  /// - Parameters:
  ///   - pieces: The replies, in any order.
  ///   - merges: Which voices are one, instead of what would be found out; voices it does not name
  ///     are matched as usual.
  package func stitch(_ pieces: [ReplyPiece], using merges: VoiceMergeTable? = nil) -> StitchedReply
  {
    let ordered = PieceOrder.sorted(pieces.map(PieceRows.init))
    guard ordered.count > 1 || merges != nil, !ordered.isEmpty else {
      return single(ordered.first, uncovered(ordered))
    }
    let stitching = Stitching(ordered, using: merges)
    let assembled = assembler.assemble(timed: stitching.tables)
    let table = stitching.mergeTable(assembled.transcript)
    return StitchedReply(
      tables: assembled.tables,
      transcript: assembled.transcript,
      findings: stitching.findings(table) + assembled.findings,
      merges: table,
      origins: stitching.origins,
      uncovered: uncovered(ordered)
    )
  }

  /// A single piece as it is.
  private func single(_ rows: PieceRows?, _ uncovered: [TimeRange]) -> StitchedReply {
    let assembled = assembler.assemble(timed: rows?.piece.tables ?? [])
    let range = rows?.piece.range ?? .toTheEnd(from: .zero)
    let voices = assembled.transcript.speakers.map { speaker in
      VoiceMergeTable.Voice(
        voice: speaker.voice,
        label: speaker.label,
        from: [VoiceMergeTable.Member(piece: 0, clip: range, voice: speaker.voice)]
      )
    }
    return StitchedReply(
      tables: assembled.tables,
      transcript: assembled.transcript,
      findings: (rows?.piece.findings ?? []) + assembled.findings,
      merges: VoiceMergeTable(voices: voices),
      origins: assembled.transcript.segments.map { [.init(piece: 0, row: $0.row)] },
      uncovered: uncovered
    )
  }

  private func uncovered(_ pieces: [PieceRows]) -> [TimeRange] {
    let asked =
      assembler.clip ?? assembler.duration.map { TimeRange(start: .zero, end: max(.zero, $0)) }
    let starts = pieces.map(\.piece.range.start)
    let ends = pieces.map(\.piece.range.end)
    guard let start = starts.min(), let end = ends.max() else { return asked.map { [$0] } ?? [] }
    return Coverage(pieces).uncovered(in: asked ?? TimeRange(start: start, end: end))
  }
}

/// The order of pieces in the whole, whatever the order in which they came.
enum PieceOrder {
  static func sorted(_ pieces: [PieceRows]) -> [PieceRows] {
    let keys = pieces.map { piece in
      let range = piece.piece.range
      return [
        range.start.milliseconds, range.end.milliseconds, piece.coveredUntil, piece.count,
        piece.places.last ?? 0,
      ]
    }
    return pieces.indices.sorted { one, other in
      keys[one] != keys[other] ? keys[one].lexicographicallyPrecedes(keys[other]) : one < other
    }.map { pieces[$0] }
  }
}
