/// Weaves the rows of a piece into those that are there: pairs become one row, the rest stands
/// between its neighbours by time.
struct RowWeaver {
  private let window: [MergedRow]
  private let versions: [MergedRow.Version]
  private let left: [RowAligner.Row]
  private let right: [RowAligner.Row]
  /// What was woven.
  private(set) var rows: [MergedRow] = []
  /// Which rows are one.
  private(set) var shared: [RowMerger.Shared] = []

  init(
    window: [MergedRow],
    versions: [MergedRow.Version],
    left: [RowAligner.Row],
    right: [RowAligner.Row]
  ) {
    self.window = window
    self.versions = versions
    self.left = left
    self.right = right
  }

  mutating func weave(_ pairs: [RowAligner.Pair]) {
    var (nextLeft, nextRight) = (0, 0)
    for (index, pair) in pairs.enumerated() {
      let lefts = covered(pair, pairs, index, isLeft: true)
      let rights = covered(pair, pairs, index, isLeft: false)
      interleave(
        nextLeft..<max(nextLeft, lefts.lowerBound),
        nextRight..<max(nextRight, rights.lowerBound)
      )
      note(pair, pairs, index)
      join(
        pair,
        max(nextLeft, lefts.lowerBound)..<lefts.upperBound,
        max(nextRight, rights.lowerBound)..<rights.upperBound
      )
      (nextLeft, nextRight) = (lefts.upperBound, rights.upperBound)
    }
    interleave(nextLeft..<window.count, nextRight..<versions.count)
  }

  // MARK: Rows of one side only

  private mutating func interleave(_ lefts: Range<Int>, _ rights: Range<Int>) {
    var right = rights.lowerBound
    for left in lefts {
      while right < rights.upperBound, versions[right].place < window[left].place {
        rows.append(MergedRow(versions[right]))
        right += 1
      }
      rows.append(window[left])
    }
    for rest in right..<rights.upperBound { rows.append(MergedRow(versions[rest])) }
  }

  // MARK: Rows of both sides

  private mutating func note(_ pair: RowAligner.Pair, _ pairs: [RowAligner.Pair], _ index: Int) {
    let isAfterShared =
      index > 0 && pairs[index - 1].left == pair.left - 1
      && pairs[index - 1].right == pair.right - 1
    let isBeforeShared =
      index + 1 < pairs.count && pairs[index + 1].left == pair.left + 1
      && pairs[index + 1].right == pair.right + 1
    shared.append(
      RowMerger.Shared(
        one: window[pair.left].shown,
        other: versions[pair.right],
        words: min(left[pair.left].words.count, right[pair.right].words.count),
        likeness: max(pair.likeness.whole, pair.likeness.part),
        neighbours: (isAfterShared ? 1 : 0) + (isBeforeShared ? 1 : 0)
      )
    )
  }

  /// Makes one row of a pair, and of the rows beside it whose words the longer of both holds.
  private mutating func join(_ pair: RowAligner.Pair, _ lefts: Range<Int>, _ rights: Range<Int>) {
    var row = window[pair.left]
    let version = versions[pair.right]
    if isBetter(version, than: row.shown, pair) {
      row.others.insert(row.shown, at: 0)
      row.shown = version
    } else {
      row.others.append(version)
    }
    for other in lefts where other != pair.left { row.others += window[other].versions }
    for other in rights where other != pair.right { row.others.append(versions[other]) }
    // The place of what is shown, so that the next piece is compared with it.
    row.place = row.shown.place
    rows.append(row)
  }

  /// Which version to show: one inside its clip, then the one that is not cut, then the one that
  /// lies farther from the edges of its clip.
  private func isBetter(
    _ version: MergedRow.Version,
    than shown: MergedRow.Version,
    _ pair: RowAligner.Pair
  ) -> Bool {
    if version.isStray != shown.isStray { return shown.isStray }
    let (old, new) = (left[pair.left].words.count, right[pair.right].words.count)
    let isPart = pair.likeness.part >= 0.8
    if isPart, abs(old - new) >= 2, abs(old - new) * 8 >= max(old, new) { return new > old }
    return version.depth > shown.depth
  }

  // MARK: One row that the other side has divided

  /// The rows of a side that a pair covers: its own, and neighbours whose words stand in the longer
  /// row beside the words of its own.
  private func covered(
    _ pair: RowAligner.Pair,
    _ pairs: [RowAligner.Pair],
    _ index: Int,
    isLeft: Bool
  ) -> Range<Int> {
    let own = isLeft ? pair.left : pair.right
    let (side, opposite) = isLeft ? (left, right) : (right, left)
    let long = opposite[isLeft ? pair.right : pair.left].words.words
    guard side[own].words.count < long.count, pair.likeness.part >= 0.8 else {
      return own..<own + 1
    }
    let before = index > 0 ? (isLeft ? pairs[index - 1].left : pairs[index - 1].right) : -1
    let after =
      index + 1 < pairs.count
      ? (isLeft ? pairs[index + 1].left : pairs[index + 1].right) : side.count
    var range = own..<own + 1
    var place = pair.likeness.place
    while range.lowerBound - 1 > before {
      let words = side[range.lowerBound - 1].words.words
      guard side[range.lowerBound - 1].voice == side[own].voice,
        Self.isSame(words, long[..<place.lowerBound].suffix(words.count))
      else { break }
      place = place.lowerBound - words.count..<place.upperBound
      range = range.lowerBound - 1..<range.upperBound
    }
    while range.upperBound < after {
      let words = side[range.upperBound].words.words
      guard side[range.upperBound].voice == side[own].voice,
        Self.isSame(words, long[place.upperBound...].prefix(words.count))
      else { break }
      place = place.lowerBound..<place.upperBound + words.count
      range = range.lowerBound..<range.upperBound + 1
    }
    return range
  }

  private static func isSame(_ words: [UInt64], _ part: ArraySlice<UInt64>) -> Bool {
    guard !words.isEmpty, words.count == part.count else { return false }
    let same = zip(words, part).count { $0 == $1 }
    return same * 5 >= words.count * 4
  }
}
