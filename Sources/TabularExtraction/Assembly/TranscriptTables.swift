package import TranscriptModel

/// The tables of a reply that make a transcript, told by the roles of their columns.
package struct TranscriptTables {
  /// The rows that were said: the first table with a text and a start or a voice.
  ///
  /// A table that refers to transcript rows tells about a transcript and is none.
  package let rows: Table?
  /// Whom the voices belong to: the first other table with a voice and no text, one with names
  /// before one without.
  package let speakers: Table?
  private let timed: Table?

  package init(_ tables: [Table]) {
    rows = tables.first { table in
      table.column(.text) != nil && table.column(.row) == nil
        && (table.column(.start) ?? table.column(.voice)) != nil
    }
    let described = tables.filter { $0.column(.voice) != nil && $0.column(.text) == nil }
    speakers = described.first { $0.column(.name) != nil } ?? described.first
    timed = rows ?? tables.first { $0.column(.start) != nil }
  }

  /// The starts of the transcript's rows in milliseconds, or those of the first table with starts.
  var starts: [Int] {
    guard let timed, let column = timed.column(.start) else { return [] }
    return (0..<timed.rowCount).compactMap { row in
      if case .time(let time) = timed[row, column] { time.milliseconds } else { nil }
    }
  }
}
