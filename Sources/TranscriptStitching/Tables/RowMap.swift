/// Where the rows of the pieces' tables went.
struct RowMap {
  private var rows: [String: [[Int?]]] = [:]
  private let pieces: Int

  init(pieces: Int) { self.pieces = pieces }

  /// Notes where a row of a piece's table went.
  mutating func note(_ table: String, piece: Int, row: Int, to target: Int) {
    var all = rows.removeValue(forKey: table) ?? Array(repeating: [], count: pieces)
    if all[piece].count <= row {
      all[piece] += Array(repeating: nil, count: row + 1 - all[piece].count)
    }
    all[piece][row] = target
    rows[table] = all
  }

  /// Where a row went; `nil` when it is no more.
  func target(_ table: String, piece: Int, row: Int) -> Int? {
    guard let all = rows[table], all[piece].indices.contains(row) else { return nil }
    return all[piece][row]
  }
}
