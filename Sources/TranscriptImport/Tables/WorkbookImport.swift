extension ImportFormat {
  /// Workbooks of spreadsheets, `.xlsx`.
  static let workbook = ImportFormat(
    name: "XLSX",
    summary: "the first sheet of a workbook whose columns are named as in JSON",
    content: .archive(
      read: { bytes throws(ImportError) in try WorkbookReader(ZipReader(bytes)).transcript() }
    )
  )
}

/// Reads a workbook (ECMA-376, part 1, SpreadsheetML).
private struct WorkbookReader {
  private let archive: ZipReader
  private var strings: [String] = []
  /// Whether each cell style shows a time.
  private var isTime: [Bool] = []

  init(_ archive: ZipReader) throws(ImportError) {
    self.archive = archive
    guard try archive.read("xl/workbook.xml") != nil else {
      throw ImportError("it is an archive without a workbook")
    }
    try readStrings()
    try readStyles()
  }

  func transcript() throws(ImportError) -> ImportedTranscript {
    for sheet in try sheets() {
      guard let content = try archive.read(sheet) else { continue }
      var reader = SheetReader(strings: strings, isTime: isTime)
      try XMLSource(bytes: content).readEvents { event throws(ImportError) in
        try reader.read(event)
      }
      if let rows = reader.rows { return ImportedTranscript(rows: rows) }
    }
    throw ImportError("no sheet has a row that names a text column, and a start or a speaker")
  }

  /// The files of the sheets, in order.
  private func sheets() throws(ImportError) -> [String] {
    var targets: [String: String] = [:]
    let relations = try archive.read("xl/_rels/workbook.xml.rels") ?? []
    try XMLSource(bytes: relations).readEvents { event throws(ImportError) in
      guard case .start("Relationship", let attributes) = event, let id = attributes["Id"] else {
        return
      }
      targets[id] = attributes["Target"]
    }
    var sheets: [String] = []
    let book = try archive.read("xl/workbook.xml") ?? []
    try XMLSource(bytes: book).readEvents { event throws(ImportError) in
      guard case .start("sheet", let attributes) = event, let id = attributes["id"],
        let target = targets[id]
      else { return }
      sheets.append(target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target)
    }
    return sheets
  }

  private mutating func readStrings() throws(ImportError) {
    guard let content = try archive.read("xl/sharedStrings.xml") else { return }
    var found: [String] = []
    var text = ""
    var isText = false
    var phonetic = 0
    try XMLSource(bytes: content).readEvents { event throws(ImportError) in
      switch event {
      case .start("si", _): text = ""
      case .start("t", _): isText = phonetic == 0
      case .start("rPh", _): phonetic += 1
      case .end("rPh"): phonetic -= 1
      case .end("t"): isText = false
      case .end("si"): found.append(EscapedText.plain(text))
      case .text(let piece) where isText: text += piece
      default: break
      }
    }
    strings = found
  }

  private mutating func readStyles() throws(ImportError) {
    guard let content = try archive.read("xl/styles.xml") else { return }
    // Formats of times that every program knows (part 1, section 18.8.30).
    var times: Set<String> = ["18", "19", "20", "21", "45", "46", "47"]
    var isInCells = false
    var found: [Bool] = []
    try XMLSource(bytes: content).readEvents { event throws(ImportError) in
      switch event {
      case .start("numFmt", let attributes):
        let code = attributes["formatCode"]?.lowercased() ?? ""
        if code.contains("ss") || code.contains("[h") || code.contains("[m"),
          let id = attributes["numFmtId"]
        {
          times.insert(id)
        }
      case .start("cellXfs", _): isInCells = true
      case .end("cellXfs"): isInCells = false
      case .start("xf", let attributes) where isInCells:
        found.append(times.contains(attributes["numFmtId"] ?? ""))
      default: break
      }
    }
    isTime = found
  }
}

/// Reads the rows of a sheet.
private struct SheetReader {
  let strings: [String]
  let isTime: [Bool]
  /// The rows of the transcript; `nil` as long as no row names columns.
  private(set) var rows: [ImportedRow]?
  private var columns: ColumnNames?
  private var cells: [String] = []
  private var column = 0
  private var type = ""
  private var style = 0
  private var value = ""
  private var isValue = false
  private var count = 0
  /// How many bytes the cells have together: those that share a text may be far more than the file.
  private var size = 0

  /// Rows in which names are looked for; titles stand above.
  private static let headRows = 20
  /// The most columns of a sheet (Excel's limit).
  private static let mostColumns = 16_384
  private static let secondsPerDay = 86_400.0

  init(strings: [String], isTime: [Bool]) {
    self.strings = strings
    self.isTime = isTime
  }

  mutating func read(_ event: XMLSource.Event) throws(ImportError) {
    switch event {
    case .start("row", _):
      cells.removeAll(keepingCapacity: true)
      column = 0
    case .start("c", let attributes):
      column = attributes["r"].flatMap(Self.column) ?? column
      type = attributes["t"] ?? "n"
      style = attributes["s"].flatMap { Int($0) } ?? 0
      value = ""
    case .start("v", _), .start("t", _): isValue = true
    case .text(let text) where isValue: value += text
    case .end("v"), .end("t"): isValue = false
    case .end("c"):
      guard column < Self.mostColumns else { return }
      while cells.count <= column { cells.append("") }
      cells[column] = text
      size += cells[column].utf8.count
      guard size <= TranscriptImporter.limit else {
        let most = TranscriptImporter.limit >> 20
        throw ImportError("row \(count + 1) makes it more than \(most) MiB of text")
      }
      column += 1
    case .end("row"): endRow()
    default: break
    }
  }

  private mutating func endRow() {
    count += 1
    if let columns {
      if let row = columns.row(cells) { rows?.append(row) }
    } else if count <= Self.headRows, let names = ColumnNames(cells) {
      columns = names
      rows = []
    }
  }

  /// The cell as text; a time as its seconds.
  private var text: String {
    if type == "s" {
      return Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
    }
    guard type != "inlineStr" else { return EscapedText.plain(value) }
    guard type == "n", isTime.indices.contains(style), isTime[style], let days = Double(value)
    else {
      return value
    }
    // As a clock, so that no unit of the column's name applies.
    let milliseconds = ClockText.milliseconds(seconds: days * Self.secondsPerDay) ?? 0
    return "0:0:\(milliseconds / 1000)."
      + String(String(1000 + abs(milliseconds) % 1000).dropFirst())
  }

  /// The column of a cell such as `AB12`, from 0.
  private static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8.prefix(4) where byte &- 0x41 < 26 {
      column = column * 26 + Int(byte) - 0x40
    }
    return column > 0 ? column - 1 : nil
  }
}

/// Texts of cells, which have signs that XML has not as `_xHHHH_` (ECMA-376, part 1, section 22.9.2.19).
private enum EscapedText {
  static func plain(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    return text.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      UInt32(match.output.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) }
        ?? String(match.output.0)
    }
  }
}
