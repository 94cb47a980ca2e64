/// Finds which rows of two runs of rows are the same, in order.
///
/// Candidates are rows near in time whose words are alike; of all ways to pair them without crossing,
/// the one with most words in common is taken. Takes time in proportion to the rows: of each row only
/// the nearest candidates are looked at.
struct RowAligner {
  /// A row as alignment sees it.
  struct Row {
    let words: WordList
    let place: Int
    /// Whether the piece begins within the row, so that the row may lack its beginning.
    var lacksBeginning = false
    /// Whether the row is the last of its piece, so that it may lack its end.
    var lacksEnd = false
    /// The voice, as the row's piece numbers it.
    var voice: VoiceNode?
  }

  /// Two rows that are the same.
  struct Pair {
    let left: Int
    let right: Int
    let likeness: TextLikeness
    fileprivate let score: Double
  }

  /// How far the times of one row may lie apart, in milliseconds.
  static let tolerance = 10_000
  /// The same for rows of one or two words, which are said again and again.
  static let shortTolerance = 2500
  /// How long before the beginning of a piece a row may have begun that the piece holds the end of.
  static let longestRow = 60_000
  /// The most candidates looked at for a row.
  private static let mostCandidates = 24

  let left: [Row]
  let right: [Row]

  /// The pairs in order; neither side rises without the other.
  func pairs() -> [Pair] {
    var pairs = Self.bestChain(candidates(), rights: right.count)
    pairs = filled(pairs)
    return pairs
  }

  // MARK: Candidates

  private func candidates() -> [Pair] {
    var candidates: [Pair] = []
    var first = 0
    for (index, row) in right.enumerated() {
      let reach = row.lacksBeginning ? Self.longestRow : Self.tolerance
      while first < left.count, left[first].place < row.place - Self.longestRow { first += 1 }
      var found: [Pair] = []
      for other in nearest(to: row, from: first, reach: reach) {
        if let pair = pair(other, index) { found.append(pair) }
      }
      candidates += found
    }
    return candidates
  }

  /// The positions of the left rows nearest in time, bounded, in order.
  private func nearest(to row: Row, from first: Int, reach: Int) -> Range<Int> {
    var (low, high) = (first, left.count)
    while low < high {
      let middle = (low + high) / 2
      if left[middle].place < row.place { low = middle + 1 } else { high = middle }
    }
    var (start, end) = (low, low)
    while start > first, low - start < Self.mostCandidates,
      left[start - 1].place >= row.place - reach
    {
      start -= 1
    }
    while end < left.count, end - low < Self.mostCandidates,
      left[end].place <= row.place + Self.tolerance
    {
      end += 1
    }
    return start..<end
  }

  private func pair(_ one: Int, _ other: Int) -> Pair? {
    let (first, second) = (left[one], right[other])
    let apart = abs(first.place - second.place)
    let shorter = min(first.words.count, second.words.count)
    let isShort = max(first.words.count, second.words.count) <= 2
    guard isShort == false || apart <= Self.shortTolerance else { return nil }
    let likeness = TextLikeness(first.words, second.words)
    guard isSame(likeness, one, other, apart) else { return nil }
    let allowed = Double(isShort ? Self.shortTolerance : Self.tolerance)
    let closeness = 1 - min(1, Double(apart) / allowed) / 2
    let score = max(likeness.whole, likeness.part) * Double(min(max(shorter, 1), 12)) * closeness
    return Pair(left: one, right: other, likeness: likeness, score: score + 0.1)
  }

  private func isSame(_ likeness: TextLikeness, _ one: Int, _ other: Int, _ apart: Int) -> Bool {
    let (first, second) = (left[one], right[other])
    let shorter = min(first.words.count, second.words.count)
    if apart <= Self.tolerance {
      if likeness.whole >= (shorter <= 2 ? 1 : 0.6) { return true }
      // One is a part of the other: it was cut, or divided otherwise.
      if shorter >= 3, likeness.part >= 0.8, apart <= Self.tolerance / 2 { return true }
    }
    return first.words.count < second.words.count
      ? isCut(first, of: second, likeness, apart, next: place(after: other, in: right))
      : isCut(second, of: first, likeness, apart, next: place(after: one, in: left))
  }

  private func place(after index: Int, in rows: [Row]) -> Int {
    index + 1 < rows.count ? rows[index + 1].place : .max
  }

  /// Whether a row is the beginning or the end of another one, cut at the edge of its piece.
  private func isCut(
    _ row: Row,
    of whole: Row,
    _ likeness: TextLikeness,
    _ apart: Int,
    next: Int
  ) -> Bool {
    // What is cut stands where the edge is, which is evidence of its own.
    let count = row.words.count
    let least = count == 1 ? 1 : count <= 3 ? 0.5 : 0.6
    guard count < whole.words.count, likeness.part >= least else { return false }
    let grace = count == 1 ? 0 : 1
    if row.lacksEnd, likeness.place.lowerBound <= grace, apart <= Self.shortTolerance {
      return true
    }
    return row.lacksBeginning && likeness.place.upperBound >= whole.words.count - grace
      && whole.place <= row.place && next >= row.place - PieceRows.grace
  }

  // MARK: The best pairs that do not cross

  private static func bestChain(_ candidates: [Pair], rights: Int) -> [Pair] {
    // Candidates come by right, then left; a chain may use each right once, so lefts of one right
    // are tried from the last to the first.
    var order = Array(candidates.indices)
    order.sort { one, other in
      let (first, second) = (candidates[one], candidates[other])
      return first.left != second.left ? first.left < second.left : first.right > second.right
    }
    var best = BestPrefix(count: rights)
    var before = Array(repeating: -1, count: candidates.count)
    for index in order {
      let candidate = candidates[index]
      let chain = best.best(below: candidate.right)
      before[index] = chain.index
      best.note(candidate.right, score: chain.score + candidate.score, index: index)
    }
    var pairs: [Pair] = []
    var index = best.best(below: rights).index
    while index >= 0 {
      pairs.append(candidates[index])
      index = before[index]
    }
    return pairs.reversed()
  }

  // MARK: Rows heard differently

  /// Adds pairs of single rows between the same neighbours at the same time that share some words:
  /// the same utterance, heard differently.
  private func filled(_ pairs: [Pair]) -> [Pair] {
    var filled: [Pair] = []
    var (lastLeft, lastRight) = (-1, -1)
    for index in 0...pairs.count {
      let nextLeft = index < pairs.count ? pairs[index].left : left.count
      let nextRight = index < pairs.count ? pairs[index].right : right.count
      let isBetween = index > 0 || index < pairs.count
      if isBetween, nextLeft - lastLeft == 2, nextRight - lastRight == 2,
        let pair = heardDifferently(lastLeft + 1, lastRight + 1)
      {
        filled.append(pair)
      }
      if index < pairs.count { filled.append(pairs[index]) }
      (lastLeft, lastRight) = (nextLeft, nextRight)
    }
    return filled
  }

  private func heardDifferently(_ one: Int, _ other: Int) -> Pair? {
    let (first, second) = (left[one], right[other])
    guard abs(first.place - second.place) <= Self.shortTolerance else { return nil }
    let likeness = TextLikeness(first.words, second.words)
    guard likeness.whole >= 0.34 else { return nil }
    return Pair(left: one, right: other, likeness: likeness, score: 0)
  }
}

/// The best score up to each position: a tree of prefixes (Fenwick).
private struct BestPrefix {
  private var tree: [(score: Double, index: Int)]

  init(count: Int) { tree = Array(repeating: (0, -1), count: count + 1) }

  func best(below position: Int) -> (score: Double, index: Int) {
    var best = (score: 0.0, index: -1)
    var node = position
    while node > 0 {
      if tree[node].score > best.score { best = tree[node] }
      node &= node - 1
    }
    return best
  }

  mutating func note(_ position: Int, score: Double, index: Int) {
    var node = position + 1
    while node < tree.count {
      if score > tree[node].score { tree[node] = (score, index) }
      node += node & -node
    }
  }
}
