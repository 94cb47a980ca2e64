public import TranscriptModel

/// A table as a schema describes it.
public struct TableDefinition: Hashable, Sendable {
  /// The property's name, as replies spell it.
  public let property: String
  /// The table's name: `x-table`, else the property's name.
  public let name: String
  /// What the table holds, when the schema says so.
  public let description: String?
  /// The columns, in the order in which they are written.
  public let columns: [ColumnDefinition]

  /// The columns as tables carry them.
  public var tableColumns: [Column] { columns.map(\.column) }

  /// The tag of the table's block in TSV, such as `TASK1_TRANSCRIPTS_TSV`.
  public var tag: String { property.uppercased() + "_TSV" }

  /// The names in the order of the columns, as the header of TSV has them.
  public var header: [String] { columns.map(\.column.name) }
}

/// A column as a schema describes it.
public struct ColumnDefinition: Hashable, Sendable {
  /// The name, type and role.
  public let column: Column
  /// What the column holds, when the schema says so.
  public let description: String?
  /// The values a cell may have; empty when any is allowed.
  public let enumValues: [String]
  /// Whether `null` is allowed.
  public let isNullable: Bool
  /// Whether every row must have it: the schema says so, or says of no column.
  public let isRequired: Bool
  /// The column whose values this one repeats.
  public let references: Reference?

  /// A column of a table, by their names in the schema.
  public struct Reference: Hashable, Sendable {
    /// The table's property name.
    public let property: String
    /// The column's name.
    public let column: String
  }
}
