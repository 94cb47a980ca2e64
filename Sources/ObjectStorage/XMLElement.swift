internal import CXML

/// An element of a small XML document of a service: names and texts, without attributes.
struct XMLElement {
  /// Elements within elements beyond which nobody means well.
  private static let depth = 8

  /// The name without a prefix.
  let name: String
  /// The text of an element that holds no others.
  private(set) var text = ""
  /// The elements in it.
  private(set) var children: [XMLElement] = []

  /// The text of the first child of a name.
  subscript(_ name: String) -> String? { children.first { $0.name == name }?.text }

  /// Reads a document; `nil` when it is none, or has a document type.
  init?(_ bytes: [UInt8]) {
    let options = Int32(
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        | XML_PARSE_NOCDATA.rawValue
    )
    let document = bytes.withUnsafeBytes { raw in
      xmlReadMemory(
        raw.bindMemory(to: CChar.self).baseAddress,
        Int32(clamping: raw.count),
        nil,
        nil,
        options
      )
    }
    guard let document else { return nil }
    defer { xmlFreeDoc(document) }
    guard xmlGetIntSubset(document) == nil, let root = xmlDocGetRootElement(document) else {
      return nil
    }
    self.init(root, depth: Self.depth)
  }

  private init(_ node: xmlNodePtr, depth: Int) {
    name = Self.text(node.pointee.name)
    var child = node.pointee.children
    while let node = child {
      if node.pointee.type == XML_ELEMENT_NODE, depth > 0 {
        children.append(XMLElement(node, depth: depth - 1))
      } else if node.pointee.type == XML_TEXT_NODE {
        text += Self.text(node.pointee.content)
      }
      child = node.pointee.next
    }
  }

  private static func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
