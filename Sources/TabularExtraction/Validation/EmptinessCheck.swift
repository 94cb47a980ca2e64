internal import TranscriptModel

/// Finds results that are nothing to work with: without a row, or with rows and not one time.
///
/// Such a reply is well-formed, was paid for and says nothing, and must not look like a success.
struct EmptinessCheck {
  let findings: [Finding]

  /// - Parameter rows: The table of what was said, when the schema has one; else any row will do.
  init(rows: Table?, _ tables: [Table]) {
    guard let rows else {
      let isEmpty = !tables.isEmpty && tables.allSatisfy { $0.rowCount == 0 }
      findings = isEmpty ? [Self.noRows(in: tables.map(\.name).joined(separator: ", "))] : []
      return
    }
    guard rows.rowCount > 0 else {
      findings = [Self.noRows(in: rows.name)]
      return
    }
    guard let start = rows.column(.start) else {
      findings = []
      return
    }
    let hasTime = (0..<rows.rowCount).contains { row in
      if case .time = rows[row, start] { true } else { false }
    }
    findings = hasTime ? [] : [Self.noTimes(rows, start)]
  }

  private static func noRows(in tables: String) -> Finding {
    Finding(.noRows, "The reply has not one row (\(tables)).")
  }

  private static func noTimes(_ rows: Table, _ start: Int) -> Finding {
    let name = rows.columns[start].name
    let message =
      rows.rowCount == 1
      ? "The only row has no time in “\(name)”."
      : "None of the \(rows.rowCount) rows has a time in “\(name)”."
    return Finding(.noTimes, message)
  }
}
