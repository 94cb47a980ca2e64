internal import TranscriptModel
internal import UnicodeText

/// Which row of one transcript is which of another.
struct RowPairing {
  struct Pair {
    var first: Int?
    var second: Int?
  }

  private(set) var pairs: [Pair] = []
  private let first: [TranscriptSegment]
  private let second: [TranscriptSegment]

  /// More words than this between two equal rows are not aligned word by word: rows are then paired
  /// by their starts alone, which bounds the time.
  private static let wordLimit = 20_000

  init(_ first: [TranscriptSegment], _ second: [TranscriptSegment]) {
    self.first = first
    self.second = second
    var table = SymbolTable<String>()
    let one = table.numbers(of: first.lazy.map(\.text))
    let other = table.numbers(of: second.lazy.map(\.text))
    let steps = EditAlignment.steps(
      one[...],
      other[...],
      symbolCount: table.count,
      preference: .halving
    )
    var (row, column, opened, openedOther) = (0, 0, 0, 0)
    for step in steps {
      if step == .hit {
        pairBetween(opened..<row, openedOther..<column)
        pairs.append(Pair(first: row, second: column))
        (opened, openedOther) = (row + 1, column + 1)
      }
      row += step == .insertion ? 0 : 1
      column += step == .deletion ? 0 : 1
    }
    pairBetween(opened..<row, openedOther..<column)
  }

  /// Pairs rows without an equal one, in order, by shared words or by equal starts.
  private mutating func pairBetween(_ rows: Range<Int>, _ columns: Range<Int>) {
    var next = columns.lowerBound
    let counterparts = rows.isEmpty || columns.isEmpty ? [:] : counterparts(rows, columns)
    for row in rows {
      if let column = counterparts[row], column >= next {
        while next < column { add(nil, &next) }
        add(row, &next)
      } else {
        pairs.append(Pair(first: row, second: nil))
      }
    }
    while next < columns.upperBound { add(nil, &next) }
  }

  private mutating func add(_ row: Int?, _ column: inout Int) {
    pairs.append(Pair(first: row, second: column))
    column += 1
  }

  private func counterparts(_ rows: Range<Int>, _ columns: Range<Int>) -> [Int: Int] {
    let one = RowWords(first[rows], from: rows.lowerBound)
    let other = RowWords(second[columns], from: columns.lowerBound)
    guard max(one.words.count, other.words.count) <= Self.wordLimit else {
      return byStart(rows, columns)
    }
    let alignment = WordAlignment(reference: one.words, hypothesis: other.words)
    var shared: [Int: [Int: Int]] = [:]
    var (row, column) = (0, 0)
    for step in alignment.steps {
      if step == .hit { shared[one.rows[row], default: [:]][other.rows[column], default: 0] += 1 }
      row += step == .insertion ? 0 : 1
      column += step == .deletion ? 0 : 1
    }
    var result: [Int: Int] = [:]
    var taken: Set<Int> = []
    for row in rows {
      let best = (shared[row] ?? [:]).filter { !taken.contains($0.key) }
        .max { ($0.value, $1.key) < ($1.value, $0.key) }
      if let best, isCounterpart(row, best.key, best.value) {
        result[row] = best.key
        taken.insert(best.key)
      }
    }
    for (row, column) in byStart(rows, columns) where result[row] == nil {
      if taken.insert(column).inserted { result[row] = column }
    }
    return result
  }

  /// Whether two rows share at least a third of the shorter one's words; less may be chance.
  private func isCounterpart(_ row: Int, _ column: Int, _ shared: Int) -> Bool {
    let shortest = min(
      first[row].text.betweenBlanks().count,
      second[column].text.betweenBlanks().count
    )
    return shared * 3 >= shortest
  }

  /// Rows that begin at the same moment.
  private func byStart(_ rows: Range<Int>, _ columns: Range<Int>) -> [Int: Int] {
    var places: [Timecode: Int] = [:]
    for column in columns.reversed() {
      if let start = second[column].start { places[start] = column }
    }
    var result: [Int: Int] = [:]
    for row in rows {
      if let start = first[row].start, let column = places.removeValue(forKey: start) {
        result[row] = column
      }
    }
    return result
  }

  /// The words of rows, each with its row.
  private struct RowWords {
    var words: [Substring] = []
    var rows: [Int] = []

    init(_ segments: ArraySlice<TranscriptSegment>, from first: Int) {
      for (offset, segment) in segments.enumerated() {
        let spoken = segment.text.betweenBlanks()
        words += spoken
        rows += spoken.map { _ in first + offset }
      }
    }
  }
}
