public import TranscriptModel

/// A part of a transcript that is asked about by itself.
public struct RowPiece: Hashable, Sendable {
  /// What is shown, as positions in `NumberedRows.rows`.
  public let shown: Range<Int>
  /// What no piece before it has shown.
  public let fresh: Range<Int>

  /// A part of a transcript.
  public init(shown: Range<Int>, fresh: Range<Int>) {
    (self.shown, self.fresh) = (shown, fresh)
  }

  /// The two halves, the second with some rows of the first; `nil` for a single fresh row.
  public func halves(of rows: NumberedRows) -> [RowPiece]? {
    guard fresh.count > 1 else { return nil }
    let middle = fresh.lowerBound + fresh.count / 2
    let cut = rows.turn(before: middle, notBefore: fresh.lowerBound + 1)
    let again = max(shown.lowerBound, cut - NumberedRows.overlap)
    return [
      RowPiece(shown: shown.lowerBound..<cut, fresh: fresh.lowerBound..<cut),
      RowPiece(shown: again..<shown.upperBound, fresh: cut..<fresh.upperBound),
    ]
  }
}

extension NumberedRows {
  /// Rows that a piece repeats of the one before, so that what a sentence refers to is there.
  static let overlap = 8

  /// The pieces that a transcript is asked about in, cut where the speaker changes.
  ///
  /// - Parameters:
  ///   - most: The size of a piece at most; a row that is larger stands alone.
  ///   - sizes: The size of each row, in whatever `most` is counted in.
  /// - Complexity: Linear in the number of rows.
  public func pieces(ofAtMost most: Int, sizes: [Int]) -> [RowPiece] {
    var pieces: [RowPiece] = []
    var fresh = 0
    while fresh < rows.count {
      let first = pieces.isEmpty ? 0 : max(0, fresh - Self.overlap)
      var total = sizes[first..<fresh].reduce(0, +)
      var end = fresh
      while end < rows.count, end == fresh || total + sizes[end] <= most {
        total += sizes[end]
        end += 1
      }
      if end < rows.count {
        // Not more than a quarter is given away for a better place.
        end = turn(before: end, notBefore: end - (end - fresh) / 4)
      }
      pieces.append(RowPiece(shown: first..<end, fresh: fresh..<end))
      fresh = end
    }
    return pieces
  }

  /// The last place up to one at which another speaker begins; that one itself where there is none.
  func turn(before end: Int, notBefore first: Int) -> Int {
    guard end < rows.count, first <= end else { return end }
    let places = (max(first, 1)...max(end, 1)).reversed()
    return places.first { rows[$0].speaker != rows[$0 - 1].speaker } ?? end
  }
}

extension NumberedRows {
  /// Pieces within one for the rows that a reply has not answered, a few at most; none where all have an
  /// answer, or none has.
  ///
  /// - Parameters:
  ///   - table: What the reply says of the rows.
  ///   - piece: What was shown.
  public func unanswered(in table: Table, of piece: RowPiece) -> [RowPiece] {
    guard let column = table.column(.row) else { return [] }
    let answered = Set((0..<table.rowCount).compactMap { table[$0, column].wholeNumber })
    let missing = piece.fresh.filter { !answered.contains(rows[$0].number) }
    guard let first = missing.first, let last = missing.last, missing.count < piece.fresh.count
    else {
      return []
    }
    var runs: [Range<Int>] = []
    for position in missing {
      if let end = runs.last?.upperBound, position - end < Self.overlap {
        runs[runs.count - 1] = runs[runs.count - 1].lowerBound..<(position + 1)
      } else {
        runs.append(position..<(position + 1))
      }
    }
    // Each takes a request of its own.
    if runs.count > Self.mostRuns { runs = [first..<(last + 1)] }
    return runs.map { run in
      RowPiece(
        shown: max(piece.shown.lowerBound, run.lowerBound - Self.overlap)..<run.upperBound,
        fresh: run
      )
    }
  }

  /// Stretches of a reply's missing rows that are asked about one by one.
  private static let mostRuns = 4
}
