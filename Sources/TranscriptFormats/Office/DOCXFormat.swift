internal import TranscriptModel

/// A document for word processors, `docx`: the title, where the text comes from, and a paragraph for
/// each row with its time and, where it changes, its speaker.
///
/// With ``FormatOptions/tracksChanges`` what a person corrected in a row stands there as a tracked
/// change: the machine's text deleted, the person's inserted.
///
/// - Source: ECMA-376, part 1 (WordprocessingML), sections 17.3 and 17.13.5.
public struct DOCXFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "docx"
  /// The media type.
  public let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  /// What it is and for whom.
  public let summary = "a document for word processors, corrections as tracked changes on request"
  /// It is an archive of files.
  public let isText = false

  private static let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  private static let packages = "http://schemas.openxmlformats.org/package/2006"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let wordType =
    "application/vnd.openxmlformats-officedocument.wordprocessingml"

  /// The options that change it.
  public let effects: Set<FormatEffect> = [.speakers, .trackedChanges]

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let archive = ZipArchive()
    archive.add("[Content_Types].xml", contentTypes())
    archive.add("_rels/.rels", relations("officeDocument", "word/document.xml"))
    archive.add("word/_rels/document.xml.rels", relations("styles", "styles.xml"))
    archive.add("word/styles.xml", styles())
    archive.add("word/document.xml", document(transcript, options))
    return archive.finish()
  }

  private func contentTypes() -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element("Types", ["xmlns": Self.packages + "/content-types"]) {
      let relations = "application/vnd.openxmlformats-package.relationships+xml"
      xml.element("Default", ["Extension": "rels", "ContentType": relations])
      for (part, type) in [("document", "document.main"), ("styles", "styles")] {
        xml.element(
          "Override",
          ["PartName": "/word/\(part).xml", "ContentType": "\(Self.wordType).\(type)+xml"]
        )
      }
    }
    return xml.finish()
  }

  private func relations(_ type: String, _ target: String) -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element("Relationships", ["xmlns": Self.packages + "/relationships"]) {
      xml.element(
        "Relationship",
        ["Id": "rId1", "Type": "\(Self.office)/\(type)", "Target": target]
      )
    }
    return xml.finish()
  }

  private func styles() -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element("w:styles", ["xmlns:w": Self.main]) {
      style(xml, "Title", size: 40, isBold: true)
      style(xml, "Provenance", size: 18, isBold: false)
      style(xml, "Row", size: 22, isBold: false)
    }
    return xml.finish()
  }

  private func style(_ xml: XMLOutput, _ name: String, size: Int, isBold: Bool) {
    xml.element("w:style", ["w:type": "paragraph", "w:styleId": name]) {
      xml.element("w:name", ["w:val": name])
      xml.element("w:pPr") {
        xml.element("w:spacing", ["w:after": "80"])
        // Behind the time, all lines of a row begin at one place; in twentieths of a point.
        if name == "Row" { xml.element("w:ind", ["w:left": "1134", "w:hanging": "1134"]) }
      }
      xml.element("w:rPr") {
        if isBold { xml.element("w:b") }
        xml.element("w:sz", ["w:val": String(size)])
      }
    }
  }

  private func document(_ transcript: ExportedTranscript, _ options: FormatOptions) -> [UInt8] {
    let xml = XMLOutput(isIndented: false)
    xml.element("w:document", ["xmlns:w": Self.main]) {
      xml.element("w:body") {
        paragraph(xml, "Title") { run(xml, transcript.title) }
        for fact in transcript.provenance { paragraph(xml, "Provenance") { run(xml, fact) } }
        var voice: Int??
        for segment in transcript.segments {
          let isNewTurn = voice != .some(segment.voice) && segment.voice != nil
          voice = .some(segment.voice)
          paragraph(xml, "Row") {
            run(xml, (segment.start?.rendered ?? "?") + "\t")
            if isNewTurn, options.hasSpeakers {
              run(xml, transcript.label(segment) + ": ", isBold: true)
            }
            words(xml, segment, transcript, options)
          }
        }
      }
    }
    return xml.finish()
  }

  private func words(
    _ xml: XMLOutput,
    _ segment: TranscriptSegment,
    _ transcript: ExportedTranscript,
    _ options: FormatOptions
  ) {
    let machine = transcript.corrected.rows[segment.row]?.machine
    guard options.tracksChanges, let machine, machine.text != segment.text else {
      return run(xml, segment.text)
    }
    let when = transcript.document.run.startedAt
    let id = String(segment.row)
    xml.element("w:del", ["w:id": id + "1", "w:author": "Corrections", "w:date": when]) {
      run(xml, machine.text, element: "w:delText")
    }
    xml.element("w:ins", ["w:id": id + "2", "w:author": "Corrections", "w:date": when]) {
      run(xml, segment.text)
    }
  }

  private func paragraph(_ xml: XMLOutput, _ style: String, _ content: () -> Void) {
    xml.element("w:p") {
      xml.element("w:pPr") { xml.element("w:pStyle", ["w:val": style]) }
      content()
    }
  }

  /// Text in one form; tabs and line breaks are elements of their own.
  private func run(
    _ xml: XMLOutput,
    _ text: String,
    isBold: Bool = false,
    element: String = "w:t"
  ) {
    xml.element("w:r") {
      if isBold { xml.element("w:rPr") { xml.element("w:b") } }
      var piece = ""
      func writePiece() {
        if !piece.isEmpty { xml.element(element, ["xml:space": "preserve"], text: piece) }
        piece = ""
      }
      for character in text {
        if character == "\t" || character.isNewline {
          writePiece()
          xml.element(character == "\t" ? "w:tab" : "w:br")
        } else {
          piece.append(character)
        }
      }
      writePiece()
    }
  }
}
