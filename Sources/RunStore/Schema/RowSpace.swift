/// The ids of an item's segments and speakers: the item's id, then 24 bits of position.
enum RowSpace {
  /// How many rows of a kind an item may have; a document of so many exceeds SQLite's largest blob.
  static let capacity = 1 << 24

  static func id(item: Int64, position: Int) -> Int64 { item << 24 | Int64(position) }

  static func item(of id: Int64) -> Int64 { id >> 24 }

  static func ids(of item: Int64) -> ClosedRange<Int64> {
    id(item: item, position: 0)...id(item: item, position: capacity - 1)
  }
}
