/// The edit matrix of words that may only pair when their times overlap; only cells where a pair is
/// still possible, and their edges, are computed.
struct TimedMatrix {
  /// The most cells that are kept: 1 GiB.
  static let limit = 1 << 28
  /// More than any number of edits, and less than an overflow away.
  private static let unreachable = Int32.max / 2

  private let reference: TimedWords
  private let hypothesis: TimedWords
  /// Of each row, the columns that are computed.
  private let columns: [ClosedRange<Int>]
  /// Whether what lies out of the columns is out of reach, as meeteval has it for words in order of
  /// time: among equally short ways it shuts some out.
  private let isPruned: Bool
  private var rows: [[Int32]] = []
  /// The least number of edits.
  let distance: Int

  init(_ reference: TimedWords, _ hypothesis: TimedWords, keepsRows: Bool) {
    self.reference = reference
    self.hypothesis = hypothesis
    guard !reference.words.isEmpty, !hypothesis.words.isEmpty else {
      columns = []
      isPruned = false
      distance = max(reference.words.count, hypothesis.words.count)
      return
    }
    isPruned = keepsRows && reference.isSorted && hypothesis.isSorted
    columns =
      isPruned ? Self.prunedColumns(reference, hypothesis) : Self.columns(reference, hypothesis)
    var previous = Row(columns: 0...0, values: [0])
    if isPruned { previous = Row(columns: columns[0], values: columns[0].map { Int32($0) }) }
    if keepsRows { rows.append(previous.values) }
    for row in 1...reference.words.count {
      previous = Self.row(row, after: previous, columns[row], reference, hypothesis, isPruned)
      if keepsRows { rows.append(previous.values) }
    }
    distance = Int(previous.value(hypothesis.words.count, isPruned: isPruned))
  }

  /// The cells that would be kept.
  static func cellCount(_ reference: TimedWords, _ hypothesis: TimedWords) -> Int {
    guard !reference.words.isEmpty, !hypothesis.words.isEmpty else { return 0 }
    return columns(reference, hypothesis).reduce(0) { $0 + $1.count }
  }

  private struct Row {
    let columns: ClosedRange<Int>
    var values: [Int32]

    /// A cell's value; beyond the last column each cell is one above the one before it.
    func value(_ column: Int, isPruned: Bool) -> Int32 {
      if column <= columns.upperBound { return values[column - columns.lowerBound] }
      if isPruned { return unreachable }
      return values[values.count - 1] + Int32(column - columns.upperBound)
    }
  }

  private static func row(
    _ row: Int,
    after previous: Row,
    _ columns: ClosedRange<Int>,
    _ reference: TimedWords,
    _ hypothesis: TimedWords,
    _ isPruned: Bool
  ) -> Row {
    let (word, start, end) = (
      reference.words[row - 1], reference.starts[row - 1], reference.ends[row - 1]
    )
    var diagonal = previous.value(columns.lowerBound, isPruned: isPruned)
    var values = [Int32](repeating: 0, count: columns.count)
    values[0] = diagonal + 1
    for column in columns.dropFirst() {
      let above = previous.value(column, isPruned: isPruned)
      let index = column - columns.lowerBound
      var value = min(values[index - 1], above) + 1
      if start < hypothesis.ends[column - 1], end > hypothesis.starts[column - 1] {
        value = min(value, diagonal + (word == hypothesis.words[column - 1] ? 0 : 1))
      }
      values[index] = min(value, unreachable)
      diagonal = above
    }
    return Row(columns: columns, values: values)
  }

  /// The columns of each row between which a pair is possible in this row or, to the left, a later
  /// one, and, to the right, an earlier one.
  private static func columns(
    _ reference: TimedWords,
    _ hypothesis: TimedWords
  )
    -> [ClosedRange<Int>]
  {
    let count = reference.words.count
    // The most that any word up to here lasts to, and the least that any from here on begins at.
    var latest = -Double.infinity
    let reach = hypothesis.ends.map { end in
      latest = max(latest, end)
      return latest
    }
    var earliest = Double.infinity
    let onset = Array(
      hypothesis.starts.reversed().map { start in
        earliest = min(earliest, start)
        return earliest
      }
      .reversed()
    )
    var firsts = [Int](repeating: 0, count: count + 1)
    var lasts = [Int](repeating: 0, count: count + 1)
    var last = 0
    for row in 1...count {
      // The first word that may reach beyond the start, the last that may begin before the end.
      firsts[row] = partition(reach) { $0 > reference.starts[row - 1] }
      last = max(last, partition(onset) { $0 >= reference.ends[row - 1] })
      lasts[row] = last
    }
    for row in stride(from: count - 1, through: 1, by: -1) {
      firsts[row] = min(firsts[row], firsts[row + 1])
    }
    return (0...count).map { row in
      row == 0 ? 0...0 : firsts[row]...max(firsts[row], lasts[row])
    }
  }

  /// The columns that meeteval fills: from the first word that reaches beyond the row's start to the
  /// first that begins after all of this row and the next have ended.
  private static func prunedColumns(
    _ reference: TimedWords,
    _ hypothesis: TimedWords
  )
    -> [ClosedRange<Int>]
  {
    let (rowCount, columnCount) = (reference.words.count, hypothesis.words.count)
    var columns = [0...columnCount]
    var start = 1
    var end = reference.ends[0]
    for row in 1...rowCount {
      end = max(end, reference.ends[row - 1])
      while start <= columnCount, hypothesis.ends[start - 1] <= reference.starts[row - 1] {
        start += 1
      }
      var column = start
      while column <= columnCount, hypothesis.starts[column - 1] <= end { column += 1 }
      if row == rowCount {
        column = columnCount + 1
      } else {
        while column <= columnCount {
          column += 1
          if hypothesis.starts[column - 2] > reference.ends[row] { break }
        }
      }
      columns.append((start - 1)...(column - 1))
    }
    return columns
  }

  private static func partition(_ values: [Double], _ isBehind: (Double) -> Bool) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(values[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The errors of a shortest way; of several, a pair only where nothing else is as short, then an
  /// insertion, seen from the end.
  var counts: ErrorCounts {
    var (row, column) = (reference.words.count, hypothesis.words.count)
    var counts = ErrorCounts()
    while row > 0 && column > 0 {
      let deletion = value(row - 1, column) + 1
      let insertion = value(row, column - 1) + 1
      if let pair = pairCost(row, column), pair < min(deletion, insertion) {
        let isHit = reference.words[row - 1] == hypothesis.words[column - 1]
        counts.hits += isHit ? 1 : 0
        counts.substitutions += isHit ? 0 : 1
        row -= 1
        column -= 1
      } else if deletion < insertion {
        counts.deletions += 1
        row -= 1
      } else {
        counts.insertions += 1
        column -= 1
      }
    }
    counts.deletions += row
    counts.insertions += column
    return counts
  }

  private func pairCost(_ row: Int, _ column: Int) -> Int32? {
    guard reference.starts[row - 1] < hypothesis.ends[column - 1],
      reference.ends[row - 1] > hypothesis.starts[column - 1]
    else { return nil }
    let isHit = reference.words[row - 1] == hypothesis.words[column - 1]
    return value(row - 1, column - 1) + (isHit ? 0 : 1)
  }

  private func value(_ row: Int, _ column: Int) -> Int32 {
    let range = columns[row]
    if column >= range.lowerBound {
      return Row(columns: range, values: rows[row]).value(column, isPruned: isPruned)
    }
    if isPruned { return Self.unreachable }
    // To the left of the columns each cell is one above the same cell of the row before.
    var low = 0
    var high = row
    while low < high {
      let middle = (low + high + 1) / 2
      if columns[middle].lowerBound <= column { low = middle } else { high = middle - 1 }
    }
    let inner = Row(columns: columns[low], values: rows[low]).value(column, isPruned: false)
    return inner + Int32(row - low)
  }
}
