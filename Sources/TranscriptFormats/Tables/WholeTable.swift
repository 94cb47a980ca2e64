internal import TranscriptModel

/// A table of a reply with its own columns, as text with one row behind the other.
///
/// The first record has the names of the columns. Times are `HH:MM:SS.mmm`, what is not known is `?`.
struct WholeTable {
  let table: Table

  /// Hands the cells of each record to a function, the names of the columns first.
  func forEachRecord(_ body: (_ cells: [String]) -> Void) {
    body(table.columns.map(\.name))
    for row in 0..<table.rowCount {
      body(
        table.columns.indices.map { column in
          guard case .time(let time) = table[row, column] else {
            return table[row, column].rendered
          }
          return Clock.clock(time.milliseconds, hours: 2, decimals: 3)
        }
      )
    }
  }

  /// The tables of a transcript that get files of their own, each with what their names end with.
  ///
  /// All of them; without the one that stands in for rows where there are none
  /// (``ExportedTranscript/tableForRows``).
  static func files(
    of transcript: ExportedTranscript,
    suffix: String
  ) -> [(suffix: String, table: Self)] {
    let tables = transcript.document.allTables.filter { $0.rowCount > 0 }
      .dropFirst(transcript.tableForRows == nil ? 0 : 1)
    var taken: Set<String> = []
    return tables.map { table in
      let name = String(
        table.name.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" }.prefix(60)
      )
      var free = name.isEmpty ? "table" : name
      var count = 1
      while !taken.insert(free.lowercased()).inserted {
        count += 1
        free = "\(name)-\(count)"
      }
      return (".\(free)\(suffix)", Self(table: table))
    }
  }
}
