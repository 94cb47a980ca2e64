internal import PlainText
internal import TranscriptModel

/// A sheet of a workbook being written as XML, row by row and cell by cell.
///
/// Cells hold their texts themselves, so that nothing has to be kept, sorted or numbered.
///
/// - Source: ECMA-376, part 1 (SpreadsheetML), section 18.3.1; Excel's limits.
struct WorksheetWriter {
  /// The most rows of a sheet.
  static let mostRows = 1_048_576
  /// The identifier by which the links of a sheet name their file.
  static let linkIdentifier = "rId1"

  private static let mostColumns = 16_384
  private static let longestText = 32_767
  private static let mostLinks = 65_000
  private static let msPerDay = 86_400_000.0
  /// Numbers of more digits lose some.
  private static let greatestNumber = 999_999_999_999_999

  /// How cells look: the positions in the workbook's styles.
  enum Style: Int {
    case plain, time, heading
  }

  private var xml: [UInt8] = []
  private var row = 0
  private var column = 0
  /// The number of the row in digits.
  private var digits: [UInt8] = []
  /// The letters of columns, as far as they were needed.
  private var letters: [[UInt8]] = []
  private var overflow: [String] = []
  /// The rows with a link in their second column, and the moment that it leads to.
  private var links: [(row: Int, milliseconds: Int)] = []

  /// A sheet with its headings, which stay in sight.
  ///
  /// - Parameters:
  ///   - columns: The headings, with how many characters wide each column is.
  ///   - capacity: How many bytes it will take, about.
  ///   - isFirst: Whether it is the one that is shown at first.
  init(_ columns: [(name: String, width: Int)], capacity: Int, isFirst: Bool) {
    xml.reserveCapacity(capacity)
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
    xml.append("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"")
    xml.append(" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">")
    xml.append("<sheetViews><sheetView")
    if isFirst { xml.append(" tabSelected=\"1\"") }
    xml.append(" workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\"")
    xml.append(" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/>")
    xml.append("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>")
    writeWidths(columns.map(\.width))
    xml.append("<sheetData>")
    beginRow()
    for column in columns { write(column.name, .heading) }
  }

  private mutating func writeWidths(_ widths: [Int]) {
    guard !widths.isEmpty else { return }
    xml.append("<cols>")
    for (index, width) in widths.enumerated() {
      xml.append(
        text:
          "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
      )
    }
    xml.append("</cols>")
  }

  /// Whether any cell has a link.
  var hasLinks: Bool { !links.isEmpty }

  /// Ends the row before and begins the next.
  mutating func beginRow() {
    endRow()
    row += 1
    column = 0
    digits.removeAll(keepingCapacity: true)
    digits.append(number: row)
    xml.append("<row r=\"")
    xml.append(contentsOf: digits)
    xml.append("\">")
  }

  private mutating func endRow() {
    for text in overflow { writeCell(text, .plain) }
    overflow.removeAll()
    if row > 0 { xml.append("</row>") }
  }

  /// Writes a text; what is longer than a cell can be goes on behind the last column.
  mutating func write(_ text: String, _ style: Style = .plain) {
    if Self.fits(text) { return writeCell(text, style) }
    let pieces = Self.pieces(of: text)
    writeCell(pieces[0], style)
    overflow += pieces.dropFirst()
  }

  /// Writes a whole number; `?` when there is none, and a text where digits would be lost.
  mutating func write(number: Int?) {
    guard let number else { return write("?") }
    guard (-Self.greatestNumber...Self.greatestNumber).contains(number) else {
      return write(String(number))
    }
    openCell(.plain)
    xml.append("><v>")
    xml.append(number: number)
    xml.append("</v></c>")
  }

  /// Writes a number, or the text that it was written with where it is none.
  mutating func write(number: Double?, or text: String) {
    guard let number, number.isFinite else { return write(text) }
    writeNumber(number, .plain)
  }

  /// Writes a time; `?` when there is none.
  mutating func write(time milliseconds: Int?, isLink: Bool = false) {
    guard let milliseconds else { return write("?") }
    if isLink, links.count < Self.mostLinks { links.append((row, milliseconds)) }
    writeNumber(Double(milliseconds) / Self.msPerDay, .time)
  }

  private mutating func writeNumber(_ number: Double, _ style: Style) {
    openCell(style)
    xml.append("><v>")
    xml.append(text: "\(number)")
    xml.append("</v></c>")
  }

  private mutating func openCell(_ style: Style) {
    while letters.count <= column { letters.append(Self.letters(letters.count)) }
    xml.append("<c r=\"")
    xml.append(contentsOf: letters[column])
    xml.append(contentsOf: digits)
    xml.append(UInt8(ascii: "\""))
    if style != .plain {
      xml.append(" s=\"")
      xml.append(number: style.rawValue)
      xml.append(UInt8(ascii: "\""))
    }
    column += 1
  }

  /// The letters of a column, counted from 0.
  private static func letters(_ column: Int) -> [UInt8] {
    let last = UInt8(ascii: "A") + UInt8(column % 26)
    return column < 26 ? [last] : letters(column / 26 - 1) + [last]
  }

  private mutating func writeCell(_ text: String, _ style: Style) {
    guard !text.isEmpty, column < Self.mostColumns else {
      column += 1
      return
    }
    openCell(style)
    var text = text
    text.withUTF8 { bytes in
      // XML readers may leave out blanks at the ends.
      let isBlank = bytes[0] <= 0x20 || bytes[bytes.count - 1] <= 0x20
      xml.append(" t=\"inlineStr\"><is><t")
      if isBlank { xml.append(" xml:space=\"preserve\"") }
      xml.append(UInt8(ascii: ">"))
      append(escaped: bytes)
    }
    xml.append("</t></is></c>")
  }

  /// Appends a text as XML has it; controls as `_xHHHH_`, and what looks like that with its `_` so.
  ///
  /// - Source: ECMA-376, part 1, section 22.9.2.19 (ST_Xstring).
  private mutating func append(escaped bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while true {
      let index = ByteScan.next(in: bytes, from: start) { eight in
        EightBytes.below(eight, 0x20) | EightBytes.equal(eight, 0x26)
          | EightBytes.equal(eight, 0x3C) | EightBytes.equal(eight, 0x3E)
          | EightBytes.equal(eight, 0x5F)
      }
      xml.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
      guard index < bytes.count else { return }
      switch bytes[index] {
      case UInt8(ascii: "<"): xml.append("&lt;")
      case UInt8(ascii: ">"): xml.append("&gt;")
      case UInt8(ascii: "&"): xml.append("&amp;")
      case 0x09, 0x0A: xml.append(bytes[index])
      case UInt8(ascii: "_"):
        if Self.isEscape(bytes[index...]) { xml.append("_x005F") }
        xml.append(UInt8(ascii: "_"))
      case let byte:
        xml.append("_x00")
        for digit in [byte >> 4, byte & 0xF] {
          xml.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10))
        }
        xml.append(UInt8(ascii: "_"))
      }
      start = index + 1
    }
  }

  /// Whether a text begins as `_xHHHH_`.
  private static func isEscape(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let head = Array(bytes.prefix(7))
    return head.count == 7 && head[1] == UInt8(ascii: "x") && head[6] == UInt8(ascii: "_")
      && head[2...5].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
  }

  /// Whether a text is a cell as it is.
  private static func fits(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count <= longestText, !bytes.contains(0) else { return false }
      return ByteScan.isASCII(bytes) || !bytes.contains(0xEF) || !hasNoCharacter(bytes)
    }
  }

  /// Whether a text has U+FFFE or U+FFFF, which XML has not.
  private static func hasNoCharacter(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.indices.dropLast(2).contains { index in
      bytes[index] == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
    }
  }

  /// The text in pieces that fit into cells, which count UTF-16 code units.
  private static func pieces(of text: String) -> [String] {
    let unfit: Set<UInt32> = [0, 0xFFFE, 0xFFFF]
    let text = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { unfit.contains($0.value) ? "\u{FFFD}" : $0 }
      )
    )
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

  /// Ends the sheet.
  mutating func finish() -> [UInt8] {
    endRow()
    xml.append("</sheetData>")
    if hasLinks {
      xml.append("<hyperlinks>")
      for link in links {
        xml.append("<hyperlink ref=\"B")
        xml.append(number: link.row)
        xml.append(text: "\" r:id=\"\(Self.linkIdentifier)\" location=\"t=")
        xml.append(text: Clock.seconds(link.milliseconds))
        xml.append("\"/>")
      }
      xml.append("</hyperlinks>")
    }
    xml.append("<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\"")
    xml.append(" header=\"0.3\" footer=\"0.3\"/></worksheet>")
    let sheet = xml
    xml = []
    return sheet
  }
}
