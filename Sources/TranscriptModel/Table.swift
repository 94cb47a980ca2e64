/// Rows of typed cells under named columns.
///
/// A cell takes 16 bytes beside its text, and the text of a decoded cell is a range of the reply
/// itself, which the tables of a reply share: a table costs little more than the reply.
public struct Table: Sendable {
  /// The table's name: the schema's `x-table`, else the property's name.
  public let name: String
  /// The columns, in schema order.
  public let columns: [Column]
  /// The number of rows.
  public private(set) var rowCount: Int

  /// The cells, row by row.
  @usableFromInline var slots: [Slot]
  /// Texts that the reply does not hold as they are: decoded escapes, and cells set later.
  @usableFromInline var ownText: [UInt8]
  /// The reply that the cells point into; empty for a table made otherwise.
  @usableFromInline let reply: [UInt8]
  /// Where the reply has each row; empty for a table made otherwise.
  var origins: [Origin]

  /// A table without rows.
  public init(name: String, columns: [Column]) {
    self.init(name: name, columns: columns, reply: [], contents: Contents())
  }

  /// A table whose cells point into a reply.
  ///
  /// - Precondition: the contents have as many cells as rows times columns.
  package init(name: String, columns: [Column], reply: [UInt8], contents: Contents) {
    self.name = name
    self.columns = columns
    self.reply = reply
    slots = contents.slots
    ownText = contents.ownText
    origins = contents.origins
    rowCount = slots.count / max(columns.count, 1)
  }

  /// The cell of a row and a column, both counted from 0.
  public subscript(row: Int, column: Int) -> Cell {
    get { cell(slots[row * columns.count + column]) }
    set { slots[row * columns.count + column] = Slot(newValue, keepingTextIn: &ownText) }
  }

  /// The position of the first column with a role.
  public func column(_ role: Column.Role) -> Int? { columns.firstIndex { $0.role == role } }

  /// The position of the first column with a name.
  package func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Makes room for rows with so many bytes of text: a table that grows holds what it has twice.
  package mutating func reserve(rows: Int, textBytes: Int) {
    slots.reserveCapacity(rows * columns.count)
    ownText.reserveCapacity(textBytes)
  }

  /// Adds a row.
  ///
  /// - Precondition: the row has one cell for each column.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row has one cell for each column")
    for cell in row { slots.append(Slot(cell, keepingTextIn: &ownText)) }
    rowCount += 1
  }

  /// Adds a cell behind the last one; the row counts when its last cell is there.
  mutating func append(_ cell: Cell) {
    slots.append(Slot(cell, keepingTextIn: &ownText))
    rowCount = slots.count / max(columns.count, 1)
  }

  private func cell(_ slot: Slot) -> Cell {
    switch slot.kind {
    case .missing: .missing
    case .text: .text(string(slot))
    case .number: .number(string(slot))
    case .invalid: .invalid(string(slot))
    case .integer: .integer(slot.value)
    case .boolean: .boolean(slot.value != 0)
    case .time: .time(Timecode(milliseconds: slot.value))
    }
  }

  private func string(_ slot: Slot) -> String {
    withBytes(of: slot) { String(decoding: $0, as: UTF8.self) }
  }
}

extension Table: Equatable {
  /// Equal names, columns and cells.
  public static func == (left: Table, right: Table) -> Bool {
    guard left.name == right.name, left.columns == right.columns, left.rowCount == right.rowCount
    else { return false }
    return left.slots.indices.allSatisfy { index in
      let (one, other) = (left.slots[index], right.slots[index])
      guard one.kind == other.kind else { return false }
      guard one.isText else { return one.value == other.value }
      return left.withBytes(of: one) { bytes in
        right.withBytes(of: other) { bytes.elementsEqual($0) }
      }
    }
  }
}
