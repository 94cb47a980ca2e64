/// Remembers for each text hash the last row that has it; open addressing, as hashes are mixed well.
struct RowIndex {
  private static let empty: UInt32 = .max

  private var slots: [UInt32] = Array(repeating: empty, count: 64)
  private var count = 0

  /// Notes that a row has its hash.
  ///
  /// - Parameter hashes: The hashes of all rows up to this one.
  /// - Returns: The last row before that has the same.
  mutating func note(_ row: Int, in hashes: [UInt64]) -> Int? {
    let slot = slot(for: hashes[row], in: hashes)
    let earlier = slots[slot]
    slots[slot] = UInt32(truncatingIfNeeded: row)
    guard earlier == Self.empty else { return Int(earlier) }
    count += 1
    if count * 2 > slots.count { grow(hashes) }
    return nil
  }

  private func slot(for hash: UInt64, in hashes: [UInt64]) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[slot] != Self.empty, hashes[Int(slots[slot])] != hash { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow(_ hashes: [UInt64]) {
    let rows = slots.filter { $0 != Self.empty }
    slots = Array(repeating: Self.empty, count: slots.count * 2)
    for row in rows { slots[slot(for: hashes[Int(row)], in: hashes)] = row }
  }
}
