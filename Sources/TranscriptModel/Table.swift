/// Rows of typed cells under named columns.
///
/// The texts of all cells lie in one buffer, so that a table costs little more than its text.
public struct Table: Sendable {
  /// The table's name: the schema's `x-table`, else the property's name.
  public let name: String
  /// The columns, in schema order.
  public let columns: [Column]
  /// The number of rows.
  public var rowCount: Int { slots.count / max(columns.count, 1) }

  private var slots: [Slot] = []
  private var text: [UInt8] = []

  /// What a cell holds: a value, or the range of its text.
  private enum Slot {
    case missing
    case text(start: UInt32, count: UInt32)
    case number(start: UInt32, count: UInt32)
    case invalid(start: UInt32, count: UInt32)
    case integer(Int)
    case boolean(Bool)
    case time(Timecode)
  }

  /// A table without rows.
  public init(name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }

  /// The cell of a row and a column, both counted from 0.
  public subscript(row: Int, column: Int) -> Cell {
    switch slots[row * columns.count + column] {
    case .missing: .missing
    case .text(let start, let count): .text(string(start, count))
    case .number(let start, let count): .number(string(start, count))
    case .invalid(let start, let count): .invalid(string(start, count))
    case .integer(let value): .integer(value)
    case .boolean(let flag): .boolean(flag)
    case .time(let time): .time(time)
    }
  }

  private func string(_ start: UInt32, _ count: UInt32) -> String {
    String(decoding: text[Int(start)..<Int(start + count)], as: UTF8.self)
  }

  /// The position of the first column with a role.
  public func column(_ role: Column.Role) -> Int? { columns.firstIndex { $0.role == role } }

  /// Adds a row.
  ///
  /// - Precondition: the row has one cell for each column.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row has one cell for each column")
    for cell in row { slots.append(slot(for: cell)) }
  }

  private mutating func slot(for cell: Cell) -> Slot {
    switch cell {
    case .missing: return .missing
    case .integer(let value): return .integer(value)
    case .boolean(let flag): return .boolean(flag)
    case .time(let time): return .time(time)
    case .text(let text): return store(text) { .text(start: $0, count: $1) }
    case .number(let text): return store(text) { .number(start: $0, count: $1) }
    case .invalid(let text): return store(text) { .invalid(start: $0, count: $1) }
    }
  }

  private mutating func store(_ string: String, _ make: (UInt32, UInt32) -> Slot) -> Slot {
    let start = text.count
    text.append(contentsOf: string.utf8)
    return make(UInt32(start), UInt32(text.count - start))
  }
}

extension Table: Equatable {
  /// Equal names, columns and cells.
  public static func == (left: Table, right: Table) -> Bool {
    guard left.name == right.name, left.columns == right.columns, left.rowCount == right.rowCount
    else { return false }
    return (0..<left.rowCount).allSatisfy { row in
      left.columns.indices.allSatisfy { left[row, $0] == right[row, $0] }
    }
  }
}
