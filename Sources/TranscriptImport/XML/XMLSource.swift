internal import CXML

/// A document of XML, read from its beginning to its end without ever being whole in memory.
///
/// A document type is refused: without one there are no entities but the five that XML has, no
/// defaults and nothing that leads elsewhere. Nothing is fetched. A text of more than 10 million bytes
/// and elements more than 256 deep are refused as well (libxml2's own limits).
struct XMLSource: Sendable {
  let bytes: [UInt8]

  /// What a document is made of.
  enum Event {
    /// An element begins; names are without their prefixes.
    case start(String, [String: String])
    case text(String)
    case end(String)
  }

  /// The name of the first element; `nil` when the text only begins as XML does.
  var root: String? {
    get throws(ImportError) {
      var rest = bytes[...]
      while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
        guard rest[..<open].allSatisfy({ $0 <= 0x20 }) else { return nil }
        let inner = rest[(open + 1)...]
        if inner.starts(with: "!--".utf8) {
          guard let end = Self.end(of: "-->", in: inner) else { return nil }
          rest = bytes[end...]
        } else if inner.starts(with: "?".utf8) {
          guard let end = Self.end(of: "?>", in: inner) else { return nil }
          rest = bytes[end...]
        } else if inner.starts(with: "!".utf8) {
          throw ImportError("it has a document type, which is refused")
        } else {
          let name = inner.prefix { Self.isName($0) }
          let bare = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
          return bare.isEmpty ? nil : String(decoding: bare, as: UTF8.self)
        }
      }
      return nil
    }
  }

  private static func end(of mark: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
    let mark = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
    return bytes.firstRange(of: mark)?.upperBound
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "_:-.".utf8.contains(byte)
  }

  /// Hands over everything in order.
  func readEvents(_ body: (Event) throws(ImportError) -> Void) throws(ImportError) {
    let options = Int32(
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        | XML_PARSE_NOCDATA.rawValue
    )
    let result = bytes.withUnsafeBytes { raw -> Result<Void, ImportError> in
      guard
        let reader = xmlReaderForMemory(
          raw.bindMemory(to: CChar.self).baseAddress,
          Int32(clamping: raw.count),
          nil,
          "UTF-8",
          options
        )
      else { return .failure(ImportError("it is no XML")) }
      defer { xmlFreeTextReader(reader) }
      return Result { () throws(ImportError) in try Self.read(reader, body) }
    }
    try result.get()
  }

  private static func read(
    _ reader: xmlTextReaderPtr,
    _ body: (Event) throws(ImportError) -> Void
  ) throws(ImportError) {
    while true {
      let status = xmlTextReaderRead(reader)
      guard status >= 0 else {
        let line = Int(xmlTextReaderGetParserLineNumber(reader))
        throw ImportError(line: max(0, line - 1), "is no XML that can be read")
      }
      guard status == 1 else { return }
      switch xmlReaderTypes(UInt32(xmlTextReaderNodeType(reader))) {
      case XML_READER_TYPE_ELEMENT:
        let name = text(xmlTextReaderConstLocalName(reader))
        let isEmpty = xmlTextReaderIsEmptyElement(reader) == 1
        try body(.start(name, attributes(reader)))
        if isEmpty { try body(.end(name)) }
      case XML_READER_TYPE_END_ELEMENT:
        try body(.end(text(xmlTextReaderConstLocalName(reader))))
      case XML_READER_TYPE_TEXT, XML_READER_TYPE_CDATA, XML_READER_TYPE_SIGNIFICANT_WHITESPACE,
        XML_READER_TYPE_WHITESPACE:
        try body(.text(text(xmlTextReaderConstValue(reader))))
      case XML_READER_TYPE_DOCUMENT_TYPE, XML_READER_TYPE_ENTITY_REFERENCE:
        throw ImportError("it has a document type or entities, which are refused")
      default: break
      }
    }
  }

  private static func attributes(_ reader: xmlTextReaderPtr) -> [String: String] {
    guard xmlTextReaderHasAttributes(reader) == 1 else { return [:] }
    var attributes: [String: String] = [:]
    while xmlTextReaderMoveToNextAttribute(reader) == 1 {
      attributes[text(xmlTextReaderConstLocalName(reader))] = text(xmlTextReaderConstValue(reader))
    }
    xmlTextReaderMoveToElement(reader)
    return attributes
  }

  private static func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
