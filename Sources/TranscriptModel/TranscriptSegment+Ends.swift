extension [TranscriptSegment] {
  /// Gives each segment without an end the start of the next later one, at most `limit`.
  ///
  /// Segments that start together end together. The last one ends at the limit; without a limit
  /// its end stays unknown. Takes time in proportion to the number of segments.
  public mutating func estimateEnds(until limit: Timecode?) {
    // Starts after the current segment that may be the next later one, the nearest on top.
    var later: [Timecode] = []
    for index in indices.reversed() {
      guard let start = self[index].start else { continue }
      while let top = later.last, top <= start { later.removeLast() }
      if self[index].endIsEstimate {
        self[index].end = end(after: start, next: later.last, limit: limit)
      }
      later.append(start)
    }
  }

  private func end(after start: Timecode, next: Timecode?, limit: Timecode?) -> Timecode? {
    guard let limit, limit > start else { return next }
    return next.map { Swift.min($0, limit) } ?? limit
  }
}
