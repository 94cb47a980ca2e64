extension ImportFormat {
  /// Comma-, semicolon- or tab-separated values with named columns.
  static let namedColumns = ImportFormat(
    name: "CSV",
    summary: "a table of commas, semicolons or tabs with columns named as in JSON",
    content: .text(
      fits: { source in NamedColumns(source) != nil },
      read: { source throws(ImportError) in
        guard let table = NamedColumns(source) else { return ImportedTranscript() }
        return try table.transcript()
      }
    )
  )
}

/// A table whose first record names its columns.
private struct NamedColumns {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let columns: ColumnNames

  /// `nil` when the first line is no list of names that are known.
  init?(_ source: SourceText) {
    guard let line = source.lines.first(where: { !$0.isEmpty }), line.count < 1 << 16 else {
      return nil
    }
    let header = Array(source.bytes[line])
    for delimiter in [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
    where header.contains(delimiter) {
      let names = try? DelimitedText.records(header, delimiter: delimiter).first?.fields
      if let names, let columns = ColumnNames(names) {
        self.delimiter = delimiter
        self.columns = columns
        bytes = Self.unified(source.bytes)
        return
      }
    }
    return nil
  }

  /// The text with LF where it has CR for all its line ends.
  private static func unified(_ bytes: [UInt8]) -> [UInt8] {
    bytes.contains(0x0A) ? bytes : bytes.map { $0 == 0x0D ? 0x0A : $0 }
  }

  func transcript() throws(ImportError) -> ImportedTranscript {
    var rows: [ImportedRow] = []
    var isHeader = true
    do throws(DelimitedText.Problem) {
      try DelimitedText.forEach(bytes, delimiter: delimiter) { record in
        let cells = columns.joined(record.fields, String(UnicodeScalar(delimiter)))
        if !isHeader, let row = columns.row(cells) { rows.append(row) }
        isHeader = false
        return true
      }
    } catch {
      throw ImportError(line: error.line - 1, "cannot be read: \(error.message)")
    }
    return ImportedTranscript(rows: rows)
  }
}
