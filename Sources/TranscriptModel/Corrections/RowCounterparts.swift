/// Finds which rows of one transcript are those of another of the same recording.
struct RowCounterparts {
  /// How far from its time a row is looked for, in milliseconds: two models set the start of one
  /// sentence some seconds apart.
  private static let reach = 10_000
  /// The least likeness of words at which two rows say the same: half of them.
  private static let leastLikeness = 0.5
  /// How far apart two rows begin that are taken for one by their time alone, in milliseconds.
  private static let nearest = 2_000

  private let rows: [TranscriptSegment]
  /// Where rows start, in order of time.
  private let starts: [(time: Int, position: Int)]
  private var words: [Int: [Int]] = [:]
  private lazy var positionsByText = Dictionary(grouping: rows.indices) { rows[$0].text }

  init(_ rows: [TranscriptSegment]) {
    self.rows = rows
    starts = rows.enumerated()
      .compactMap { position, row in row.start.map { ($0.milliseconds, position) } }
      .sorted { $0 < $1 }
  }

  /// The positions that a row may have here, the likeliest first; none where nothing like it is said.
  mutating func candidates(for row: TranscriptSegment) -> [Int] {
    guard let start = row.start?.milliseconds else {
      // Without a time only a text that is said once tells.
      let same = positionsByText[row.text] ?? []
      return same.count == 1 ? same : []
    }
    let own = Self.hashes(row.text)
    var found: [(likeness: Double, distance: Int, position: Int)] = []
    for (time, position) in starts[firstStart(from: start - Self.reach)...] {
      guard time - start <= Self.reach else { break }
      let isSame = rows[position].text.utf8.elementsEqual(row.text.utf8)
      let likeness = isSame ? 2 : likeness(own, position)
      if likeness >= Self.leastLikeness { found.append((likeness, abs(time - start), position)) }
    }
    return found.sorted {
      ($1.likeness, $0.distance, $0.position) < ($0.likeness, $1.distance, $1.position)
    }
    .map(\.position)
  }

  /// The row that begins at nearly the same time; `nil` without one.
  func nearest(to row: TranscriptSegment) -> Int? {
    guard let start = row.start?.milliseconds else { return nil }
    let index = firstStart(from: start)
    let around = [index - 1, index].filter(starts.indices.contains)
    let best = around.min { abs(starts[$0].time - start) < abs(starts[$1].time - start) }
    guard let best, abs(starts[best].time - start) <= Self.nearest else { return nil }
    return starts[best].position
  }

  /// The share of words that two rows have in common (Dice), 0 to 1.
  private mutating func likeness(_ own: [Int], _ position: Int) -> Double {
    let other: [Int]
    if let known = words[position] {
      other = known
    } else {
      other = Self.hashes(rows[position].text)
      words[position] = other
    }
    guard !own.isEmpty, !other.isEmpty else { return 0 }
    var (one, two, common) = (0, 0, 0)
    while one < own.count, two < other.count {
      if own[one] == other[two] {
        (one, two, common) = (one + 1, two + 1, common + 1)
      } else if own[one] < other[two] {
        one += 1
      } else {
        two += 1
      }
    }
    // A row that was parted in two has all of a part.
    let whole = Double(common) / Double(min(own.count, other.count))
    let dice = Double(2 * common) / Double(own.count + other.count)
    return max(dice, common >= 3 ? whole * 0.75 : 0)
  }

  private static func hashes(_ text: String) -> [Int] {
    TextWords(text.lowercased()).words
      .filter { $0.contains(where: \.isLetterOrNumber) }
      .map(\.hashValue).sorted()
  }

  /// The index of the first start that is not before a time.
  private func firstStart(from time: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle].time < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
