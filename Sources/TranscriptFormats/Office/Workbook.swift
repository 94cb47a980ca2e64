internal import PlainText

/// A workbook being put together in memory, sheet by sheet.
///
/// - Source: ECMA-376, part 1 (SpreadsheetML), sections 12.3 and 18; part 2 (Open Packaging
///   Conventions).
final class Workbook {
  private let archive = ZipArchive(level: .fast)
  /// The names of the sheets, in order.
  private var sheets: [String] = []
  /// The names that are taken; Excel keeps one for itself.
  private var taken: Set<String> = ["history"]

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let packages = "http://schemas.openxmlformats.org/package/2006"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml"
  private static let properties = packages + "/metadata/core-properties"

  /// The longest name of a sheet, in UTF-16 code units, with room for a number behind it.
  private static let longestName = 25

  /// Adds a sheet for rows, and further ones of the same columns when there are more than a sheet can have.
  ///
  /// - Parameters:
  ///   - name: The name, which is made fit and unlike the others.
  ///   - columns: The headings, with how many characters wide each column is.
  ///   - rows: How many rows there are.
  ///   - bytes: How many bytes the XML of all takes, about.
  ///   - report: The file that links lead to.
  ///   - write: Writes the cells of a row, counted from 0.
  func addSheets(
    _ name: String,
    columns: [(name: String, width: Int)],
    rows: Int,
    bytes: Int,
    report: String = "",
    _ write: (inout WorksheetWriter, Int) -> Void
  ) {
    let most = WorksheetWriter.mostRows - 1
    for first in stride(from: 0, to: max(rows, 1), by: most) {
      let part = first..<min(first + most, rows)
      var sheet = WorksheetWriter(
        columns,
        capacity: bytes / max(rows, 1) * part.count + 4096,
        isFirst: sheets.isEmpty
      )
      for row in part {
        sheet.beginRow()
        write(&sheet, row)
      }
      sheets.append(free(name))
      let path = "xl/worksheets/sheet\(sheets.count).xml"
      archive.add(path, sheet.finish())
      if sheet.hasLinks {
        archive.add(
          "xl/worksheets/_rels/sheet\(sheets.count).xml.rels",
          relations([(Self.office + "/hyperlink", report, true)])
        )
      }
    }
  }

  /// A name that fits and is unlike the others.
  private func free(_ name: String) -> String {
    var fitting = ""
    for character in name {
      let allowed = "[]:*?/\\'".contains(character) || character.isNewline ? "_" : character
      guard fitting.utf16.count + allowed.utf16.count <= Self.longestName else { break }
      fitting.append(allowed)
    }
    if fitting.isEmpty { fitting = "table" }
    var free = fitting
    var count = 1
    while !taken.insert(free.lowercased()).inserted {
      count += 1
      free = "\(fitting) \(count)"
    }
    return free
  }

  /// Ends the workbook; empty when it could not be written.
  ///
  /// - Parameters:
  ///   - title: What it is called.
  ///   - date: When it was made, ISO 8601: the time of writing would make every file another one.
  func finish(title: String, made date: String) -> [UInt8] {
    archive.add("[Content_Types].xml", contentTypes())
    archive.add(
      "_rels/.rels",
      relations([
        (Self.office + "/officeDocument", "xl/workbook.xml", false),
        (Self.packages + "/relationships/metadata/core-properties", "docProps/core.xml", false),
      ])
    )
    archive.add("docProps/core.xml", facts(title, date))
    archive.add("xl/workbook.xml", book())
    archive.add(
      "xl/_rels/workbook.xml.rels",
      relations(
        sheets.indices.map { (Self.office + "/worksheet", "worksheets/sheet\($0 + 1).xml", false) }
          + [(Self.office + "/styles", "styles.xml", false)]
      )
    )
    archive.add("xl/styles.xml", styles())
    return archive.finish()
  }

  private func contentTypes() -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element("Types", ["xmlns": Self.packages + "/content-types"]) {
      let package = "application/vnd.openxmlformats-package"
      xml.element(
        "Default",
        ["Extension": "rels", "ContentType": package + ".relationships+xml"]
      )
      xml.element("Default", ["Extension": "xml", "ContentType": "application/xml"])
      var parts = [("xl/workbook", "sheet.main"), ("xl/styles", "styles")]
      parts += sheets.indices.map { ("xl/worksheets/sheet\($0 + 1)", "worksheet") }
      for (part, type) in parts {
        xml.element(
          "Override",
          ["PartName": "/\(part).xml", "ContentType": "\(Self.sheetType).\(type)+xml"]
        )
      }
      xml.element(
        "Override",
        ["PartName": "/docProps/core.xml", "ContentType": package + ".core-properties+xml"]
      )
    }
    return xml.finish()
  }

  private func relations(_ relations: [(type: String, target: String, isExternal: Bool)]) -> [UInt8]
  {
    let xml = XMLOutput(isIndented: false)
    xml.element("Relationships", ["xmlns": Self.packages + "/relationships"]) {
      for (index, relation) in relations.enumerated() {
        xml.element(
          "Relationship",
          [
            "Id": "rId\(index + 1)", "Type": relation.type, "Target": relation.target,
            "TargetMode": relation.isExternal ? "External" : nil,
          ]
        )
      }
    }
    return xml.finish()
  }

  private func facts(_ title: String, _ date: String) -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element(
      "cp:coreProperties",
      [
        "xmlns:cp": Self.properties, "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
      ]
    ) {
      xml.element("dc:title", text: title)
      if let moment = MomentText.date(date) {
        xml.element(
          "dcterms:created",
          ["xsi:type": "dcterms:W3CDTF"],
          text: MomentText.exact(moment)
        )
      }
    }
    return xml.finish()
  }

  private func book() -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element("workbook", ["xmlns": Self.main, "xmlns:r": Self.office]) {
      xml.element("bookViews") { xml.element("workbookView") }
      xml.element("sheets") {
        for (index, name) in sheets.enumerated() {
          xml.element(
            "sheet",
            ["name": name, "sheetId": "\(index + 1)", "r:id": "rId\(index + 1)"]
          )
        }
      }
    }
    return xml.finish()
  }

  /// The styles that ``WorksheetWriter/Style`` counts.
  private func styles() -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element("styleSheet", ["xmlns": Self.main]) {
      xml.element("numFmts", ["count": "1"]) {
        xml.element("numFmt", ["numFmtId": Self.timeFormat, "formatCode": "[h]:mm:ss.000"])
      }
      xml.element("fonts", ["count": "2"]) {
        font(xml, isBold: false)
        font(xml, isBold: true)
      }
      // Programs take the first two for theirs, whatever they are.
      xml.element("fills", ["count": "2"]) {
        for pattern in ["none", "gray125"] {
          xml.element("fill") { xml.element("patternFill", ["patternType": pattern]) }
        }
      }
      xml.element("borders", ["count": "1"]) {
        xml.element("border") {
          for side in ["left", "right", "top", "bottom", "diagonal"] { xml.element(side) }
        }
      }
      xml.element("cellStyleXfs", ["count": "1"]) { look(xml, base: nil) }
      xml.element("cellXfs", ["count": "3"]) {
        look(xml)
        look(xml, number: Self.timeFormat)
        look(xml, font: "1")
      }
      xml.element("cellStyles", ["count": "1"]) {
        xml.element("cellStyle", ["name": "Normal", "xfId": "0", "builtinId": "0"])
      }
    }
    return xml.finish()
  }

  /// The first number that is free for formats of one's own.
  private static let timeFormat = "164"

  private func font(_ xml: XMLOutput, isBold: Bool) {
    xml.element("font") {
      if isBold { xml.element("b") }
      xml.element("sz", ["val": "11"])
      xml.element("name", ["val": "Calibri"])
      xml.element("family", ["val": "2"])
    }
  }

  private func look(
    _ xml: XMLOutput,
    number: String = "0",
    font: String = "0",
    base: String? = "0"
  ) {
    xml.element(
      "xf",
      [
        "numFmtId": number, "fontId": font, "fillId": "0", "borderId": "0", "xfId": base,
        "applyNumberFormat": number == "0" ? nil : "1", "applyFont": font == "0" ? nil : "1",
      ]
    )
  }
}
