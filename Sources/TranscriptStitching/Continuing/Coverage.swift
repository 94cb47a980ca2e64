internal import TranscriptModel

/// What pieces cover, and what they do not.
struct Coverage {
  private let pieces: [PieceRows]

  init(_ pieces: [PieceRows]) { self.pieces = pieces }

  /// The parts of a stretch that no piece covers, in order; less than a second is nothing.
  func uncovered(in stretch: TimeRange) -> [TimeRange] {
    var gaps: [TimeRange] = []
    var reached = stretch.start.milliseconds
    func note(until end: Int) {
      guard end - reached > PieceRows.grace else { return }
      gaps.append(
        TimeRange(start: Timecode(milliseconds: reached), end: Timecode(milliseconds: end))
      )
    }
    for piece in pieces.sorted(by: { $0.piece.range.start < $1.piece.range.start }) {
      let start = piece.piece.range.start.milliseconds
      note(until: min(start, stretch.end.milliseconds))
      reached = max(reached, piece.coveredUntil)
    }
    note(until: stretch.end.milliseconds)
    return gaps
  }
}
