import CXML
import ReportSamples
import TranscriptModel

@testable import HTMLReports

/// A rendered page, read back into values.
struct Page {
  let bytes: [UInt8]
  /// Every element, in document order.
  let elements: [Element]

  init(_ document: TranscriptDocument, _ options: HTMLReport.Options = .init()) {
    self.init(bytes: HTMLReport(document, options).rendered())
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    elements = Self.parsed(bytes).map(\.descendants) ?? []
  }

  private static func parsed(_ bytes: [UInt8]) -> Element? {
    let options = Int32(HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue)
    let document = bytes.withUnsafeBytes { buffer in
      htmlReadMemory(
        buffer.bindMemory(to: CChar.self).baseAddress,
        Int32(buffer.count),
        nil,
        "UTF-8",
        options
      )
    }
    defer { xmlFreeDoc(document) }
    return xmlDocGetRootElement(document).map { Element($0) }
  }

  var source: String { String(decoding: bytes, as: UTF8.self) }

  func elements(_ name: String, class part: String? = nil) -> [Element] {
    elements.filter { $0.name == name && (part.map($0.classes.contains) ?? true) }
  }

  func element(id: String) -> Element? { elements.first { $0["id"] == id } }

  /// The rows of the transcript.
  var rows: [Element] {
    elements("table", class: "rows").flatMap(\.descendants)
      .filter { $0.name == "tr" && $0["id"] != nil }
  }

  /// The texts of all elements with a class.
  func texts(class part: String) -> [String] {
    elements.filter { $0.classes.contains(part) }.map(\.text)
  }

  var policy: String {
    elements("meta").first { $0["http-equiv"] == "Content-Security-Policy" }?["content"] ?? ""
  }
}

/// An element of a page with everything in it.
struct Element {
  let name: String
  let attributes: [String: String]
  let text: String
  let children: [Element]

  init(_ node: xmlNodePtr) {
    name = String(cString: node.pointee.name)
    let content = xmlNodeGetContent(node)
    text = content.map { String(cString: $0) } ?? ""
    content.map { cxml_free($0) }
    var attributes: [String: String] = [:]
    var attribute = node.pointee.properties
    while let current = attribute {
      let value = xmlGetProp(node, current.pointee.name)
      attributes[String(cString: current.pointee.name)] = value.map { String(cString: $0) } ?? ""
      value.map { cxml_free($0) }
      attribute = current.pointee.next
    }
    self.attributes = attributes
    var children: [Element] = []
    var child = node.pointee.children
    while let current = child {
      if current.pointee.type == XML_ELEMENT_NODE { children.append(Element(current)) }
      child = current.pointee.next
    }
    self.children = children
  }

  subscript(attribute: String) -> String? { attributes[attribute] }

  var classes: [String] { attributes["class"]?.split(separator: " ").map(String.init) ?? [] }

  /// The element and every element inside it, in document order.
  var descendants: [Element] { [self] + children.flatMap(\.descendants) }

  /// The cells of a row.
  var cells: [Element] { descendants.filter { $0.name == "td" || $0.name == "th" } }
}

/// A small document of one's own making.
func makeDocument(
  texts: [(start: Int?, voice: Int?, text: String)] = [
    (1400, 1, "Good evening."), (4985, 1, "Well."), (9000, 2, "[laughter]"),
  ],
  speakers: [Speaker] = [
    Speaker(voice: 1, name: "Ada Abara", position: "Chair"), Speaker(voice: 2),
  ],
  change: (inout TranscriptDocument) -> Void = { _ in }
)
  -> TranscriptDocument
{
  var document = SampleDocuments.made(
    uri: "talk.mp4",
    title: "A talk",
    segments: texts.enumerated().map { index, row in
      TranscriptSegment(
        row: index,
        start: row.start.map(Timecode.init(milliseconds:)),
        end: row.start.map { Timecode(milliseconds: $0 + 1000) },
        endIsEstimate: true,
        voice: row.voice,
        text: row.text
      )
    },
    speakers: speakers,
    durationMS: 60_000
  )
  change(&document)
  return document
}
