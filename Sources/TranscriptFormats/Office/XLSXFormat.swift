internal import TranscriptModel
internal import WebAddresses

/// A workbook for spreadsheets, `xlsx`: a sheet with the rows as they are corrected, then a sheet for
/// each table that the model gave, with its own columns.
///
/// The first sheet has the columns of ``CSVFormat``; its times link to the moment in `STEM.html`
/// beside it. Times are times (`[h]:mm:ss.000`), numbers numbers, everything else is text that no
/// program runs. U+0000 becomes U+FFFD, and numbers of more digits than a cell has are text. What is
/// longer than a cell can be goes on in cells right of the last column; what is longer than a sheet
/// can be, in a further sheet.
///
/// - Source: Excel's limits: 1,048,576 rows, 32,767 characters in a cell, 65,530 links in a sheet, 31
///   characters in a sheet's name, 15 digits.
public struct XLSXFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "xlsx"
  /// The media type.
  public let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  /// What it is and for whom.
  public let summary = "a workbook with a sheet for each table, times as times (Excel)"
  /// It is an archive of files.
  public let isText = false

  /// Tables without rows are written.
  public let hasTables = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The characters of a time as it is shown, of a name, and of a line of text.
  private static let widths = (time: 14, name: 20, text: 80, other: 11)
  /// What stands around a cell, about.
  private static let bytesAroundCell = 60

  /// The format.
  public init() {}

  /// The workbook; empty when there is no memory for it.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let book = Workbook()
    addRows(of: transcript, to: book)
    for table in transcript.document.allTables { add(table, to: book) }
    return book.finish(title: transcript.title, made: transcript.document.run.startedAt)
  }

  private func addRows(of transcript: ExportedTranscript, to book: Workbook) {
    let names = TableCells.columns.map { "\($0)" }
    let columns = names.map { name in
      let width =
        switch name {
        case "start", "end": Self.widths.time
        case "speaker", "name", "company", "position", "role": Self.widths.name
        case "text": Self.widths.text
        default: Self.widths.other
        }
      return (name: name, width: width)
    }
    let segments = transcript.segments
    book.addSheets(
      "transcript",
      columns: columns,
      rows: segments.count,
      bytes: transcript.estimatedBytes(around: columns.count * Self.bytesAroundCell),
      report: PercentEncoding.encoded(transcript.document.source.stem + ".html")
    ) { sheet, index in
      let segment = segments[index]
      let speaker = transcript.speaker(segment)
      sheet.write(number: segment.row)
      sheet.write(time: segment.start?.milliseconds, isLink: true)
      sheet.write(time: segment.end?.milliseconds)
      sheet.write(number: segment.voice)
      sheet.write(transcript.label(segment))
      for text in [speaker?.name, speaker?.company, speaker?.position, speaker?.role] {
        sheet.write(text ?? "?")
      }
      sheet.write(segment.text)
      sheet.write(transcript.isChecked(segment) ? "true" : "false")
    }
  }

  private func add(_ table: Table, to book: Workbook) {
    let columns = table.columns.map { column in
      let width =
        switch column.role {
        case .start, .end: Self.widths.time
        case .text, .translation, .quote: Self.widths.text
        default: column.type == .string ? Self.widths.name : Self.widths.other
        }
      return (name: column.name, width: width)
    }
    book.addSheets(
      table.name,
      columns: columns,
      rows: table.rowCount,
      bytes: table.rowCount * (columns.count + 1) * Self.bytesAroundCell
    ) { sheet, row in
      for column in table.columns.indices {
        switch table[row, column] {
        case .time(let time): sheet.write(time: time.milliseconds)
        case .integer(let number): sheet.write(number: number)
        case .number(let text): sheet.write(number: Double(text), or: text)
        case .missing: sheet.write("?")
        case .text(let text), .invalid(let text): sheet.write(text)
        case .boolean(let value): sheet.write(value ? "true" : "false")
        }
      }
    }
  }
}
