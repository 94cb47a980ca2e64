/// Pairs the rows and columns of a matrix so that the sum is least (Kuhn 1955, by shortest
/// augmenting paths: Jonker and Volgenant 1987, Crouse 2016).
///
/// Of several least sums the one of SciPy is found, which meeteval and pyannote.metrics ask.
enum Assignment {
  /// The column of each row; none for rows that are left over when there are fewer columns.
  ///
  /// - Complexity: the cube of the larger side.
  static func least(_ costs: [[Double]]) -> [Int?] {
    let columns = costs.first?.count ?? 0
    guard columns < costs.count else { return paired(costs) }
    let transposed = (0..<columns).map { column in costs.map { $0[column] } }
    var result = [Int?](repeating: nil, count: costs.count)
    for (column, row) in paired(transposed).enumerated() { result[row] = column }
    return result
  }

  /// The column of each row, where there are as many columns at least.
  private static func paired(_ costs: [[Double]]) -> [Int] {
    let size = costs.count
    guard let width = costs.first?.count else { return [] }
    var rowPrices = [Double](repeating: 0, count: size)
    var columnPrices = [Double](repeating: 0, count: width)
    var rowOfColumn = [Int](repeating: -1, count: width)
    var columnOfRow = [Int](repeating: -1, count: size)
    for start in 0..<size {
      var shortest = [Double](repeating: .infinity, count: width)
      var path = [Int](repeating: -1, count: width)
      var isDone = [Bool](repeating: false, count: width)
      var visited = [start]
      var remaining = Array((0..<width).reversed())
      var row = start
      var least = 0.0
      var sink = -1
      while sink < 0 {
        var best = 0
        var lowest = Double.infinity
        for (index, column) in remaining.enumerated() {
          let reduced = least + costs[row][column] - rowPrices[row] - columnPrices[column]
          if reduced < shortest[column] {
            shortest[column] = reduced
            path[column] = row
          }
          // Of equal ways one that ends at once is taken.
          if shortest[column] < lowest || (shortest[column] == lowest && rowOfColumn[column] < 0) {
            lowest = shortest[column]
            best = index
          }
        }
        least = lowest
        let column = remaining[best]
        if rowOfColumn[column] < 0 {
          sink = column
        } else {
          row = rowOfColumn[column]
          visited.append(row)
        }
        isDone[column] = true
        remaining[best] = remaining[remaining.count - 1]
        remaining.removeLast()
      }
      rowPrices[start] += least
      for row in visited where row != start {
        rowPrices[row] += least - shortest[columnOfRow[row]]
      }
      for column in 0..<width where isDone[column] {
        columnPrices[column] -= least - shortest[column]
      }
      var column = sink
      while true {
        let row = path[column]
        rowOfColumn[column] = row
        (columnOfRow[row], column) = (column, columnOfRow[row])
        if row == start { break }
      }
    }
    return columnOfRow
  }
}
