/// A row of the whole: all versions of it that pieces hold.
struct MergedRow {
  /// One piece's version of a row.
  struct Version {
    /// The piece's number in source time.
    let piece: Int
    /// The row of the piece's table.
    let row: Int
    /// Where the row stands in time, in milliseconds.
    let place: Int
    /// How far the row lies from the edges of its piece, in milliseconds; negative outside of it.
    let depth: Int

    /// Whether the row lies outside of what its piece was asked about.
    var isStray: Bool { depth < -PieceRows.grace }
  }

  /// The version that is shown.
  var shown: Version
  /// The versions that are not shown.
  var others: [Version] = []
  /// Where the row stands among the others, in milliseconds; never falls from row to row.
  var place: Int

  init(_ version: Version) {
    shown = version
    place = version.place
  }

  /// All versions, the shown one first.
  var versions: [Version] { [shown] + others }

  /// Whether no piece holds the row inside of its range.
  var isStray: Bool { shown.isStray && others.allSatisfy(\.isStray) }
}
