/// The edit matrix of two sequences, row by row, 64 cells at a time (Myers 1999, Hyyrö 2003), within
/// a band of diagonals (Ukkonen 1985).
///
/// The pattern lies across a row, a row is a symbol of the text. Every cell on a path of at most
/// `limit` edits is exact; all others are too high at most.
struct EditRows {
  /// What the vertical and horizontal differences of one row are: bit `i` of a block belongs to
  /// position `64 * block + i` of the pattern.
  struct Blocks {
    /// Cells one above the cell before them in the row.
    var up: [UInt64]
    /// Cells one below the cell before them in the row.
    var down: [UInt64]
    /// The value of each block's last cell.
    var scores: [Int]
  }

  /// The bits that a backtrace asks for, of some rows.
  struct Record {
    var firstRow = 0
    /// Of each row: its first block, and where its blocks begin in the bits.
    var rows: [(block: Int, offset: Int)] = []
    /// The cells of the row before the first that are one below the cell before them.
    var downBefore: [UInt64] = []
    /// Up, down and the cells that are one above the same cell of the row before, of each block.
    var bits: [(up: UInt64, down: UInt64, grown: UInt64)] = []
  }

  let pattern: ArraySlice<Int32>
  let text: ArraySlice<Int32>
  let limit: Int
  private let lowest: Int
  private let highest: Int
  private var matches: MatchTable
  private(set) var row = 0
  private var last = -1
  private(set) var blocks: Blocks

  /// - Precondition: neither sequence is empty, and `limit` is at least the difference of lengths.
  init(pattern: ArraySlice<Int32>, text: ArraySlice<Int32>, symbolCount: Int, limit: Int) {
    self.pattern = pattern
    self.text = text
    self.limit = limit
    let surplus = pattern.count - text.count
    // A path that leaves diagonal 0 for diagonal d and ends on `surplus` has |d| + |surplus - d|
    // edits at least.
    lowest = -((limit - surplus) / 2)
    highest = (limit + surplus) / 2
    matches = MatchTable(pattern, symbolCount: symbolCount)
    let count = matches.blockCount
    blocks = Blocks(
      up: .init(repeating: ~0, count: count),
      down: .init(repeating: 0, count: count),
      scores: .init(repeating: 0, count: count)
    )
  }

  /// The blocks of a row, from 1, that lie in the band.
  private func band(_ row: Int) -> ClosedRange<Int> {
    let first = (max(1, row + lowest) - 1) / 64
    let last = (min(pattern.count, max(1, row + highest)) - 1) / 64
    return first...max(first, last)
  }

  /// Computes rows up to one, and notes their bits when asked to.
  mutating func advance(to end: Int, record: inout Record?) {
    record?.firstRow = row
    record?.downBefore = blocks.down
    var scratch = [UInt64](repeating: 0, count: matches.blockCount)
    scratch.withUnsafeMutableBufferPointer { scratch in
      guard let scratch = scratch.baseAddress else { return }
      while row < end {
        row += 1
        let band = band(row)
        open(upTo: band.upperBound)
        let offset = record?.bits.count ?? 0
        record?.rows.append((band.lowerBound, offset))
        let symbol = text[text.startIndex + row - 1]
        var blocks = blocks
        self.blocks = Blocks(up: [], down: [], scores: [])
        let count = pattern.count
        matches.withMasks(of: symbol, in: band, scratch: scratch) { masks in
          Self.step(&blocks, masks, band, count, &record)
        }
        self.blocks = blocks
      }
    }
  }

  mutating func advance(to end: Int) {
    var record: Record?
    advance(to: end, record: &record)
  }

  /// Lets blocks into the band: a cell beyond it counts as reached from the one before.
  private mutating func open(upTo block: Int) {
    while last < block {
      last += 1
      let height = min(64, pattern.count - last * 64)
      blocks.up[last] = ~0
      blocks.down[last] = 0
      blocks.scores[last] = (last == 0 ? row - 1 : blocks.scores[last - 1]) + height
    }
  }

  private static func step(
    _ blocks: inout Blocks,
    _ masks: UnsafePointer<UInt64>,
    _ band: ClosedRange<Int>,
    _ count: Int,
    _ record: inout Record?
  ) {
    let isRecording = record != nil
    blocks.up.withUnsafeMutableBufferPointer { ups in
      blocks.down.withUnsafeMutableBufferPointer { downs in
        blocks.scores.withUnsafeMutableBufferPointer { scores in
          var grownIn: UInt64 = 1
          var shrunkIn: UInt64 = 0
          let lastBlock = (count - 1) / 64
          for block in band {
            let up = ups[block]
            let down = downs[block]
            let mask = masks[block] | shrunkIn
            let diagonal = (((mask & up) &+ up) ^ up) | mask | down
            let grown = down | ~(diagonal | up)
            let shrunk = diagonal & up
            let top = block == lastBlock ? UInt64(count - 1) & 63 : 63
            let grownOut = (grown >> top) & 1
            let shrunkOut = (shrunk >> top) & 1
            let shifted = grown << 1 | grownIn
            ups[block] = (shrunk << 1 | shrunkIn) | ~(diagonal | shifted)
            downs[block] = shifted & diagonal
            scores[block] += Int(grownOut) - Int(shrunkOut)
            grownIn = grownOut
            shrunkIn = shrunkOut
            if isRecording { record?.bits.append((ups[block], downs[block], grown)) }
          }
        }
      }
    }
  }

  /// The value of the last cell of the last row, once all rows are computed.
  var distance: Int { blocks.scores[matches.blockCount - 1] }

  /// The values of the current row's cells, by the number of pattern symbols before them; those out
  /// of the band are missing.
  func values() -> (first: Int, values: [Int]) {
    guard row > 0 else { return (0, Array(0...pattern.count)) }
    let band = band(row)
    let first = band.lowerBound * 64
    let end = min(pattern.count, band.upperBound * 64 + 64)
    var values = [Int](repeating: 0, count: end - first + 1)
    values[end - first] = blocks.scores[band.upperBound]
    for position in stride(from: end - 1, through: first, by: -1) {
      let bit = UInt64(1) << (position % 64)
      let isUp = blocks.up[position / 64] & bit != 0
      let isDown = blocks.down[position / 64] & bit != 0
      values[position - first] = values[position - first + 1] - (isUp ? 1 : 0) + (isDown ? 1 : 0)
    }
    return (first, values)
  }

  /// What it takes to go on from the current row later.
  func checkpoint() -> (row: Int, last: Int, blocks: Blocks) { (row, last, blocks) }

  mutating func restore(_ checkpoint: (row: Int, last: Int, blocks: Blocks)) {
    (row, last, blocks) = checkpoint
    matches.rewind()
  }
}

extension EditRows.Record {
  /// The bits of a cell: of a row from 1, and of a position of the pattern from 0.
  ///
  /// A cell out of the band is one above the cell before it.
  func cell(_ row: Int, _ position: Int) -> (up: Bool, grown: Bool) {
    guard let bits = block(row, position) else { return (true, false) }
    let bit = UInt64(1) << (position % 64)
    return (bits.up & bit != 0, bits.grown & bit != 0)
  }

  /// Whether a cell is one below the cell before it; also of the row before the first.
  func falls(_ row: Int, _ position: Int) -> Bool {
    let bits = row == firstRow ? downBefore[position / 64] : block(row, position)?.down ?? 0
    return bits & (1 << (position % 64)) != 0
  }

  private func block(_ row: Int, _ position: Int) -> (up: UInt64, down: UInt64, grown: UInt64)? {
    let (block, offset) = rows[row - firstRow - 1]
    let index = offset + position / 64 - block
    let end = row - firstRow < rows.count ? rows[row - firstRow].offset : bits.count
    return position / 64 >= block && index < end ? bits[index] : nil
  }
}
