internal import CommandLineInterface
internal import PlainText
internal import TranscriptModel

/// Tables of model text for the terminal.
enum TableListing {
  /// The rows under their column names; numbers and times right-aligned.
  static func table(_ table: Table) -> TextTable {
    var listing = TextTable(
      table.columns.map { column in
        column.type == .string && column.role != .start && column.role != .end
          ? .words(SafeText.line(column.name), mayShrink: true)
          : .numbers(SafeText.line(column.name))
      }
    )
    for row in 0..<table.rowCount {
      listing.add(table.columns.indices.map { table[row, $0].rendered })
    }
    return listing
  }
}
