/// The ids of an item's segments, speakers and passages: the item's id, two bits for what kind of text
/// it is, then 22 bits of position.
enum RowSpace {
  /// What a text that can be searched is.
  enum Kind: Int64 {
    /// A row of the transcript, as it stands now; speakers are numbered alike.
    case segment = 0
    /// A row of another table.
    case table = 1
    /// What the machine had written where a person changed a row; at the position of that row.
    case machine = 2
  }

  /// How many rows of a kind an item may have: a document of so many has hundreds of megabytes.
  static let capacity = 1 << 22

  static func id(item: Int64, _ kind: Kind = .segment, position: Int) -> Int64 {
    item << 24 | kind.rawValue << 22 | Int64(position)
  }

  static func item(of id: Int64) -> Int64 { id >> 24 }

  static func kind(of id: Int64) -> Kind { Kind(rawValue: id >> 22 & 3) ?? .segment }

  static func position(of id: Int64) -> Int64 { id & Int64(capacity - 1) }

  /// All that belongs to an item.
  static func ids(of item: Int64) -> ClosedRange<Int64> { item << 24...item << 24 | (1 << 24 - 1) }

  /// What belongs to an item and is of a kind.
  static func ids(of item: Int64, _ kind: Kind) -> ClosedRange<Int64> {
    id(item: item, kind, position: 0)...id(item: item, kind, position: capacity - 1)
  }
}
