/// Something a reader should know about a result: what is missing, doubtful or odd, and where.
public struct Finding: Hashable, Sendable {
  /// How much a finding matters.
  public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
    /// Good to know; nothing is wrong.
    case note
    /// Doubtful: worth a look.
    case warning
    /// Wrong or missing.
    case error

    /// Orders by weight, notes first.
    public static func < (left: Severity, right: Severity) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What kind of thing was found, in lower case with hyphens; the set may grow.
  public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// The code as printed.
    public let rawValue: String
    /// A code from its printed form.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A code from its printed form.
    public init(stringLiteral value: String) { rawValue = value }
  }

  /// A row of a table.
  public struct Row: Hashable, Sendable {
    /// The table's name.
    public let table: String
    /// The row's position, from 0.
    public let index: Int

    /// A row of a table, its position counted from 0.
    public init(table: String, index: Int) {
      self.table = table
      self.index = index
    }
  }

  /// What kind of thing was found.
  public let code: Code
  /// How much it matters.
  public let severity: Severity
  /// One sentence for a person; may quote model text, so it is escaped wherever it is shown.
  public let message: String
  /// The rows it concerns, in order; empty when it concerns the whole result.
  public let rows: [Row]
  /// The table that it concerns as a whole, while the result is made; documents do not hold it.
  public let table: String?

  /// A finding about rows, about a table, or about the whole result.
  public init(
    _ code: Code,
    _ severity: Severity,
    _ message: String,
    rows: [Row] = [],
    table: String? = nil
  ) {
    self.table = table
    self.code = code
    self.severity = severity
    self.message = message
    self.rows = rows
  }
}
