/// Where each symbol stands in a pattern, as masks of 64 positions: what a row of the edit matrix is
/// computed from.
///
/// Few symbols (letters) have a table of all masks; many (words) a list each, so that memory grows
/// with the pattern alone.
struct MatchTable {
  /// More masks than this are kept as lists: 16 MiB.
  private static let tableLimit = 1 << 21

  let blockCount: Int
  private let symbolCount: Int
  /// All masks by symbol, when there are few.
  private var table: [UInt64] = []
  /// The ends of the symbols' stretches in the lists.
  private var ends: [Int] = []
  private var blocks: [Int32] = []
  private var masks: [UInt64] = []
  /// Where each symbol's list goes on: blocks that a band has left are not looked at again.
  private var starts: [Int] = []

  init(_ pattern: ArraySlice<Int32>, symbolCount: Int) {
    blockCount = (pattern.count + 63) / 64
    self.symbolCount = symbolCount
    if symbolCount <= Self.tableLimit / max(1, blockCount) {
      table = [UInt64](repeating: 0, count: symbolCount * blockCount)
      for (position, symbol) in pattern.enumerated() {
        table[Int(symbol) * blockCount + position / 64] |= 1 << (position % 64)
      }
    } else {
      listMasks(of: pattern)
    }
  }

  private mutating func listMasks(of pattern: ArraySlice<Int32>) {
    var counts = [Int](repeating: 0, count: symbolCount)
    var last = [Int](repeating: -1, count: symbolCount)
    for (position, symbol) in pattern.enumerated() where last[Int(symbol)] != position / 64 {
      last[Int(symbol)] = position / 64
      counts[Int(symbol)] += 1
    }
    var sum = 0
    starts = counts.map { count in
      defer { sum += count }
      return sum
    }
    ends = starts
    blocks = [Int32](repeating: 0, count: sum)
    masks = [UInt64](repeating: 0, count: sum)
    for (position, symbol) in pattern.enumerated() {
      let end = ends[Int(symbol)]
      let block = Int32(position / 64)
      if end > starts[Int(symbol)], blocks[end - 1] == block {
        masks[end - 1] |= 1 << (position % 64)
      } else {
        blocks[end] = block
        masks[end] = 1 << (position % 64)
        ends[Int(symbol)] = end + 1
      }
    }
  }

  /// Hands over the masks of a symbol, of which those in `range` are valid.
  ///
  /// - Parameters:
  ///   - symbol: The symbol.
  ///   - range: The blocks that are looked at; the first never falls from call to call, but for
  ///     `rewind`.
  ///   - scratch: `blockCount` zeros, which are zeros again afterwards.
  ///   - body: Reads the masks.
  mutating func withMasks(
    of symbol: Int32,
    in range: ClosedRange<Int>,
    scratch: UnsafeMutablePointer<UInt64>,
    _ body: (UnsafePointer<UInt64>) -> Void
  ) {
    let symbol = Int(symbol)
    guard table.isEmpty else {
      table.withUnsafeBufferPointer { table in
        if let base = table.baseAddress { body(base + symbol * blockCount) }
      }
      return
    }
    let end = ends[symbol]
    var start = starts[symbol]
    while start < end, Int(blocks[start]) < range.lowerBound { start += 1 }
    starts[symbol] = start
    var index = start
    while index < end, Int(blocks[index]) <= range.upperBound {
      scratch[Int(blocks[index])] = masks[index]
      index += 1
    }
    body(scratch)
    for cleared in start..<index { scratch[Int(blocks[cleared])] = 0 }
  }

  /// Lets the next row look at any block again.
  mutating func rewind() {
    guard table.isEmpty else { return }
    for symbol in stride(from: starts.count - 1, to: 0, by: -1) {
      starts[symbol] = ends[symbol - 1]
    }
    if !starts.isEmpty { starts[0] = 0 }
  }
}
