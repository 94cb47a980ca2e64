/// How far two lists are from each other.
package enum EditDistance {
  /// The least number of insertions, deletions and replacements that make one list of the other.
  ///
  /// Takes time in proportion to the product of their lengths.
  ///
  /// - Parameter countsSwaps: Whether to swap neighbours counts as one edit too.
  @inlinable
  package static func between<Symbol: Equatable>(
    _ one: [Symbol],
    _ other: [Symbol],
    countsSwaps: Bool = false
  ) -> Int {
    var before: [Int] = []
    var previous = Array(0...other.count)
    var current = previous
    for row in one.indices {
      current[0] = row + 1
      for column in other.indices {
        let replacement = previous[column] + (one[row] == other[column] ? 0 : 1)
        var best = min(previous[column + 1] + 1, current[column] + 1, replacement)
        if countsSwaps, row > 0, column > 0, one[row] == other[column - 1],
          one[row - 1] == other[column]
        {
          best = min(best, before[column - 1] + 1)
        }
        current[column + 1] = best
      }
      if countsSwaps { before = previous }
      swap(&previous, &current)
    }
    return previous[other.count]
  }
}
