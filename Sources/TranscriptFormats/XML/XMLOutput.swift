internal import CXML

/// An XML document being written, by libxml2, which escapes what must be.
///
/// Characters that XML 1.0 cannot hold, such as most controls, become U+FFFD.
package final class XMLOutput {
  private let buffer: xmlBufferPtr?
  private let writer: xmlTextWriterPtr?

  /// A document with its declaration; elements stand on lines of their own when it is indented.
  package init(isIndented: Bool = true) {
    buffer = xmlBufferCreate()
    writer = xmlNewTextWriterMemory(buffer, 0)
    xmlTextWriterSetIndent(writer, isIndented ? 1 : 0)
    xmlTextWriterSetIndentString(writer, "  ")
    xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil)
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// Writes an element around what the function writes; attributes without a value are left out.
  package func element(
    _ name: String,
    _ attributes: KeyValuePairs<String, String?> = [:],
    _ content: () -> Void = {}
  ) {
    xmlTextWriterStartElement(writer, name)
    for (attribute, value) in attributes {
      if let value { xmlTextWriterWriteAttribute(writer, attribute, Self.allowed(value)) }
    }
    content()
    xmlTextWriterEndElement(writer)
  }

  /// Writes an element that holds a text.
  func element(
    _ name: String,
    _ attributes: KeyValuePairs<String, String?> = [:],
    text: String
  ) {
    element(name, attributes) { self.text(text) }
  }

  /// Writes a text.
  func text(_ text: String) { xmlTextWriterWriteString(writer, Self.allowed(text)) }

  /// Writes a comment; two hyphens in a row would end it, so that a space parts them.
  func comment(_ text: String) {
    xmlTextWriterWriteComment(writer, Self.allowed(" " + text.replacing("--", with: "- -") + " "))
  }

  /// Ends the document; nothing can be written after it.
  package func finish() -> [UInt8] {
    xmlTextWriterEndDocument(writer)
    xmlTextWriterFlush(writer)
    guard let content = xmlBufferContent(buffer) else { return [] }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  /// The text with U+FFFD for what is no `Char` of XML 1.0, section 2.2.
  private static func allowed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { !isAllowed($0) }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}") }
    return String(scalars)
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xFFFD: true
    default: scalar.value > 0xFFFF
    }
  }
}
