/// How stated times follow the sound: a line for each piece between two jumps, all with one slope.
public struct TimeLine: Hashable, Sendable {
  /// A part of the recording whose times are off alike.
  public struct Piece: Hashable, Sendable {
    /// The first row of it, by the order of rows.
    public let firstRow: Int
    /// What to add to a stated time, beside the drift, in seconds.
    public let offset: Double
  }

  /// How much longer the sound is than stated: -0.05 when stated times run ahead by a twentieth.
  public let slope: Double
  /// The pieces in order, one at least.
  public let pieces: [Piece]
  /// The median distance of rows from the line, in seconds.
  public let spread: Double

  /// What the stated times gain on the sound, as a part of it: 0.1 for a drift of 10 %.
  public var drift: Double { 1 / (1 + slope) - 1 }

  /// The moment in the sound that a stated one is, both in seconds.
  ///
  /// - Parameter row: A row near it, which tells the piece.
  public func place(_ stated: Double, row: Int) -> Double {
    let piece = pieces.last { $0.firstRow <= row } ?? pieces[0]
    return stated * (1 + slope) + piece.offset
  }

  /// Fewer rows, or a shorter stretch, tell an offset but no drift.
  private static let fewestRows = 16
  private static let shortestSeconds = 90.0
  /// A change is a jump from this many seconds on: less is what whole seconds and pauses leave open.
  private static let leastJump = 2.0
  /// Rows on either side of a jump that must agree on it.
  private static let witnesses = 8

  /// Fits a line to where rows were found.
  init(stated: [Double], found: [Double], slope hint: Double) {
    let canDrift =
      stated.count >= Self.fewestRows
      && (stated.last ?? 0) - (stated.first ?? 0) >= Self.shortestSeconds
    var slope = canDrift ? hint : 0
    var starts = [0]
    for _ in 0..<3 {
      let rest = zip(stated, found).map { $1 - $0 * (1 + slope) }
      starts = Self.starts(rest)
      if canDrift { slope = Self.slope(stated, found, starts, slope) }
    }
    let rest = zip(stated, found).map { $1 - $0 * (1 + slope) }
    let ends = starts.dropFirst() + [rest.count]
    pieces = zip(starts, ends).map { Piece(firstRow: $0, offset: Self.median(rest[$0..<$1])) }
    self.slope = slope
    let medians = zip(zip(starts, ends), pieces)
    spread = Self.median(
      medians.flatMap { range, piece in rest[range.0..<range.1].map { abs($0 - piece.offset) } }[
        ...
      ]
    )
  }

  /// The slope over steps of twenty rows, or a third of them where they are few.
  static func roughSlope(stated: [Double], found: [Double]) -> Double {
    let step = max(1, min(20, stated.count / 3))
    guard stated.count > step else { return 0 }
    let slopes = (step..<stated.count).compactMap { row -> Double? in
      let time = stated[row] - stated[row - step]
      return time > 1 ? (found[row] - found[row - step]) / time - 1 : nil
    }
    return median(slopes[...])
  }

  static func median(_ values: ArraySlice<Double>) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }

  /// Where pieces begin: rows whose neighbours before and after agree on different offsets.
  private static func starts(_ rest: [Double]) -> [Int] {
    var starts = [0]
    var row = 3
    while row < rest.count - 2 {
      let before = max(starts[starts.count - 1], row - witnesses)
      let old = median(rest[before..<row])
      let new = median(rest[row..<min(rest.count, row + witnesses)])
      if abs(new - old) > leastJump, abs(rest[row] - new) < abs(rest[row] - old),
        row - before >= 3
      {
        starts.append(row)
        row += 3
      } else {
        row += 1
      }
    }
    return starts
  }

  /// Least squares with one slope and an offset for each piece, without rows that lie far off.
  private static func slope(
    _ stated: [Double],
    _ found: [Double],
    _ starts: [Int],
    _ slope: Double
  ) -> Double {
    var (products, squares) = (0.0, 0.0)
    for (start, end) in zip(starts, starts.dropFirst() + [stated.count]) {
      let rest = (start..<end).map { found[$0] - stated[$0] * (1 + slope) }
      let middle = median(rest[...])
      let rows = (start..<end).filter { abs(rest[$0 - start] - middle) < 1.5 }
      guard rows.count > 2 else { continue }
      let x = rows.reduce(0) { $0 + stated[$1] } / Double(rows.count)
      let y = rows.reduce(0) { $0 + found[$1] } / Double(rows.count)
      for row in rows {
        products += (stated[row] - x) * (found[row] - y)
        squares += (stated[row] - x) * (stated[row] - x)
      }
    }
    return squares > 0 ? products / squares - 1 : slope
  }
}
