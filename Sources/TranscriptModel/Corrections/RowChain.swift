/// The order of rows while some come and go: each keeps its position, and knows its neighbours.
struct RowChain {
  /// The position before each, and behind each; `nil` at the ends.
  private var previous: [Int?]
  private var next: [Int?]
  private var first: Int?

  /// Rows one behind the other.
  init(count: Int) {
    previous = (0..<count).map { $0 > 0 ? $0 - 1 : nil }
    next = (0..<count).map { $0 + 1 < count ? $0 + 1 : nil }
    first = count > 0 ? 0 : nil
  }

  /// The row behind one.
  func following(_ position: Int) -> Int? { next[position] }

  /// The row before one.
  func preceding(_ position: Int) -> Int? { previous[position] }

  /// Adds the position after the last one, behind a row or before all.
  mutating func append(behind position: Int?) {
    let new = next.count
    let follower = position.map { next[$0] } ?? first
    previous.append(position)
    next.append(follower)
    if let position { next[position] = new } else { first = new }
    if let follower { previous[follower] = new }
  }

  /// Takes a row out.
  mutating func remove(_ position: Int) {
    let (before, behind) = (previous[position], next[position])
    if let before { next[before] = behind } else { first = behind }
    if let behind { previous[behind] = before }
  }

  /// The positions in order.
  var order: [Int] {
    var order: [Int] = []
    order.reserveCapacity(next.count)
    var position = first
    while let current = position {
      order.append(current)
      position = next[current]
    }
    return order
  }
}
