internal import CXLSXWriter
internal import HostSystem
internal import TranscriptModel
internal import WebAddresses

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A workbook for spreadsheets, `xlsx`: a sheet with the rows as they are corrected, then a sheet for
/// each table that the model gave, with its own columns.
///
/// The first sheet has the columns of ``CSVFormat``; its times link to the moment in `STEM.html`
/// beside it. Times are times (`[h]:mm:ss.000`), numbers numbers, everything else is text that no
/// program runs. U+0000 becomes U+FFFD. What is longer than a cell can be goes on in cells right of the last column.
///
/// - Source: Excel's limits: 1,048,576 rows, 32,767 characters in a cell, 65,530 links in a sheet, 31
///   characters in a sheet's name.
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

  /// The format.
  public init() {}

  /// The workbook; empty when it cannot be made in the temporary folder.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    guard let folder = try? HostFiles.createTemporaryFolder("tabscribe-workbook") else { return [] }
    defer { HostFiles.removeFolder(folder) }
    let path = FilePath.joined(folder, "workbook.xlsx")
    guard let book = Workbook(path: path, made: transcript.document.run.startedAt) else {
      return []
    }
    addRows(of: transcript, to: book)
    for table in transcript.document.allTables { add(table, to: book) }
    guard book.close() else { return [] }
    return (try? HostFiles.read(path, limit: .max)) ?? []
  }

  private func addRows(of transcript: ExportedTranscript, to book: Workbook) {
    let sheet = book.sheet("transcript", columns: TableCells.columns.map { "\($0)" })
    let report = PercentEncoding.encoded(transcript.document.source.stem + ".html")
    let moment = "external:\(report)#t="
    for (index, segment) in transcript.segments.enumerated() {
      let speaker = transcript.speaker(segment)
      sheet.begin(row: index + 1)
      sheet.write(number: segment.row)
      sheet.write(time: segment.start?.milliseconds, link: moment)
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
    let sheet = book.sheet(table.name, columns: table.columns.map(\.name))
    for row in 0..<table.rowCount {
      sheet.begin(row: row + 1)
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

/// A workbook being written into a file.
private final class Workbook {
  fileprivate let book: UnsafeMutablePointer<lxw_workbook>
  fileprivate let time: UnsafeMutablePointer<lxw_format>?
  fileprivate let heading: UnsafeMutablePointer<lxw_format>?
  private var names: Set<String> = []

  init?(path: String, made date: String) {
    // Rows go into the file as they are written, with their texts: neither is kept, sorted or numbered.
    var options = lxw_workbook_options()
    options.constant_memory = UInt8(LXW_TRUE.rawValue)
    guard let book = workbook_new_opt(path, &options) else { return nil }
    self.book = book
    time = workbook_add_format(book)
    format_set_num_format(time, "[h]:mm:ss.000")
    heading = workbook_add_format(book)
    format_set_bold(heading)
    // The time of writing would make every file another one.
    var properties = lxw_doc_properties()
    let seconds = (try? Date(date, strategy: .iso8601))?.timeIntervalSince1970 ?? 0
    properties.created = time_t(seconds)
    workbook_set_properties(book, &properties)
  }

  /// A new sheet with its headings; its name is made fit and unlike the others.
  func sheet(_ name: String, columns: [String]) -> Sheet {
    let allowed = name.map { "[]:*?/\\'".contains($0) || $0.isNewline ? "_" : $0 }
    var fitting = String(allowed.prefix(25))
    if fitting.isEmpty { fitting = "table" }
    var free = fitting
    var count = 1
    while !names.insert(free.lowercased()).inserted {
      count += 1
      free = "\(fitting) \(count)"
    }
    let sheet = Sheet(self, workbook_add_worksheet(book, free))
    sheet.begin(row: 0)
    for column in columns { sheet.write(column, heading) }
    return sheet
  }

  func close() -> Bool { workbook_close(book) == LXW_NO_ERROR }
}

/// A sheet that is written row by row, cell by cell.
private final class Sheet {
  private let book: Workbook
  private let sheet: UnsafeMutablePointer<lxw_worksheet>?
  private var row: lxw_row_t = 0
  private var column: lxw_col_t = 0
  private var overflow: [String] = []
  private var links = 0

  private static let longestText = 32_767
  private static let mostLinks = 65_000
  private static let msPerDay = 86_400_000.0

  init(_ book: Workbook, _ sheet: UnsafeMutablePointer<lxw_worksheet>?) {
    self.book = book
    self.sheet = sheet
    worksheet_freeze_panes(sheet, 1, 0)
  }

  deinit { writeOverflow() }

  func begin(row: Int) {
    writeOverflow()
    self.row = lxw_row_t(row)
    column = 0
  }

  func write(_ text: String, _ format: UnsafeMutablePointer<lxw_format>? = nil) {
    if Self.fits(text) {
      worksheet_write_string(sheet, row, column, text, format)
    } else {
      let pieces = Self.pieces(text.replacing("\0", with: "\u{FFFD}"))
      worksheet_write_string(sheet, row, column, pieces[0], format)
      overflow += pieces.dropFirst()
    }
    column += 1
  }

  /// Whether a text is a cell as it is; the library takes one to end at U+0000.
  private static func fits(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { $0.count <= longestText && !$0.contains(0) }
  }

  func write(number: Int?) {
    if let number {
      worksheet_write_number(sheet, row, column, Double(number), nil)
      column += 1
    } else {
      write("?")
    }
  }

  func write(number: Double?, or text: String) {
    guard let number else { return write(text) }
    worksheet_write_number(sheet, row, column, number, nil)
    column += 1
  }

  /// Writes a time; with a link to the moment when what stands before its seconds is given.
  func write(time milliseconds: Int?, link: String? = nil) {
    guard let milliseconds else { return write("?") }
    if let link, links < Self.mostLinks {
      links += 1
      worksheet_write_url(sheet, row, column, link + Clock.seconds(milliseconds), nil)
    }
    let days = Double(milliseconds) / Self.msPerDay
    worksheet_write_number(sheet, row, column, days, book.time)
    column += 1
  }

  private func writeOverflow() {
    for text in overflow {
      worksheet_write_string(sheet, row, column, text, nil)
      column += 1
    }
    overflow = []
  }

  /// The text in pieces that fit into cells; Excel counts UTF-16 code units.
  private static func pieces(_ text: String) -> [String] {
    guard text.utf16.count > longestText else { return [text] }
    var pieces = [""]
    var length = 0
    for character in text {
      let own = character.utf16.count
      if length + own > longestText {
        pieces.append("")
        length = 0
      }
      pieces[pieces.count - 1].append(character)
      length += own
    }
    return pieces
  }
}
