internal import TabularExtraction
internal import TranscriptModel

/// The transcript rows of a piece as stitching looks at them.
struct PieceRows {
  /// Models round to whole seconds, at both edges of a clip.
  static let grace = 1000

  let piece: ReplyPiece
  /// The table of what was said.
  let table: Table?
  /// The start of each row in milliseconds; `nil` for a row without a readable time.
  let starts: [Int?]
  /// Where each row stands in time: its start where that fits the rows around, else the place of
  /// the row before; never falls.
  let places: [Int]
  /// The row from which on the piece only repeats itself, and what of that is to be left out.
  let loop: Range<Int>?

  init(_ piece: ReplyPiece) {
    let table = TranscriptTables(piece.tables).rows
    let starts = table.map(Self.starts) ?? []
    let loop = table.flatMap {
      TrailingLoop.rows(of: $0, starts, isCertain: piece.ending == .looped)
    }
    self.piece = piece
    self.table = table
    self.starts = starts
    self.loop = loop
    places = RisingTimes.places(of: starts, from: piece.range.start.milliseconds)
  }

  private static func starts(_ table: Table) -> [Int?] {
    guard let column = table.column(.start) else {
      return Array(repeating: nil, count: table.rowCount)
    }
    return (0..<table.rowCount).map { row in
      if case .time(let time) = table[row, column] { time.milliseconds } else { nil }
    }
  }

  /// The number of rows.
  var count: Int { starts.count }

  /// Up to where the piece can be relied on, in milliseconds.
  var coveredUntil: Int { piece.coveredUntil.milliseconds }

  /// Up to where a piece can be relied on; see ``ReplyPiece/coveredUntil``.
  static func coveredUntil(
    _ range: TimeRange,
    _ tables: [Table],
    _ ending: ReplyPiece.Ending
  ) -> Timecode {
    let table = TranscriptTables(tables).rows
    let starts = table.map(starts) ?? []
    let loop = table.flatMap { TrailingLoop.rows(of: $0, starts, isCertain: ending == .looped) }
    guard ending != .whole || loop != nil else { return range.end }
    let kept = starts[..<(loop?.lowerBound ?? starts.count)]
    // A time past the range is no evidence of what was heard in it.
    let reached = kept.last { start in
      guard let start else { return false }
      return start >= range.start.milliseconds && start <= range.end.milliseconds + grace
    }
    return min((reached ?? nil).map(Timecode.init(milliseconds:)) ?? range.start, range.end)
  }
}

/// Finds the rows whose times fit together.
enum RisingTimes {
  /// The time of each row if it belongs to the longest rising run, else that of the row before.
  static func places(of starts: [Int?], from first: Int) -> [Int] {
    let fitting = longestRise(starts)
    var place = min(first, starts.lazy.compactMap(\.self).first ?? first)
    return starts.indices.map { row in
      if fitting[row], let start = starts[row] { place = max(place, start) }
      return place
    }
  }

  /// Which rows are on the longest run that never falls, by patience sorting.
  private static func longestRise(_ starts: [Int?]) -> [Bool] {
    var tails: [Int] = []
    var previous = Array(repeating: -1, count: starts.count)
    for (row, start) in starts.enumerated() {
      guard let start else { continue }
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if (starts[tails[middle]] ?? 0) <= start { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[row] = tails[low - 1] }
      if low == tails.count { tails.append(row) } else { tails[low] = row }
    }
    var isFitting = Array(repeating: false, count: starts.count)
    var row = tails.last ?? -1
    while row >= 0 {
      isFitting[row] = true
      row = previous[row]
    }
    return isFitting
  }
}

/// Finds the rows with which a reply ends that only repeat what stands before them.
enum TrailingLoop {
  /// The rows to leave out: all copies but the first.
  ///
  /// - Parameter isCertain: Whether reading was stopped because of the loop; then the last loop
  ///   counts even if rows follow that were still under way.
  static func rows(of table: Table, _ starts: [Int?], isCertain: Bool) -> Range<Int>? {
    guard let text = table.column(.text) else { return nil }
    var detector = LoopDetector()
    for row in 0..<table.rowCount {
      let start = starts[row].map(Timecode.init(milliseconds:))
      _ = table.withUTF8(row: row, column: text) { detector.append($0, start: start) }
    }
    guard let last = detector.loops.last, last.kind != .withinRow,
      isCertain || last.rows.upperBound == table.rowCount - 1
    else { return nil }
    return last.rows.lowerBound..<table.rowCount
  }
}
