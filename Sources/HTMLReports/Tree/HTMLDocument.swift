internal import CXML

/// Owns an HTML tree of libxml2 and frees it when it goes out of scope.
///
/// Elements are handles into the tree: they must not be used after it.
struct HTMLDocument: ~Copyable {
  private let handle: htmlDocPtr

  /// A tree from a whole HTML document; HTML5 elements pass unharmed.
  ///
  /// - Parameter bytes: UTF-8 of our own making; model text goes into the tree, never into the source.
  init(parsing bytes: [UInt8]) {
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue
    let document = bytes.withUnsafeBytes { buffer in
      htmlReadMemory(
        buffer.bindMemory(to: CChar.self).baseAddress,
        Int32(buffer.count),
        nil,
        "UTF-8",
        Int32(options)
      )
    }
    guard let document else { preconditionFailure("out of memory while reading a page template") }
    handle = document
  }

  /// An empty tree for parts that are built, written and freed one after the other.
  ///
  /// It is no whole document, so libxml2 keeps no table of its ids, which would cost more than the rest.
  init(forParts: Void) {
    guard let document = xmlNewDoc(nil) else {
      preconditionFailure("out of memory while building a page")
    }
    // Without an encoding, everything beyond ASCII would be written as numbers.
    document.pointee.encoding = UnsafePointer(xmlStrdup("UTF-8"))
    // Names of elements and attributes are kept once, not copied for each.
    document.pointee.dict = xmlDictCreate()
    handle = document
  }

  private init(copying document: htmlDocPtr) {
    guard let copy = xmlCopyDoc(document, 1) else {
      preconditionFailure("out of memory while building a page")
    }
    handle = copy
  }

  deinit { xmlFreeDoc(handle) }

  /// A tree like this one.
  func copy() -> HTMLDocument { HTMLDocument(copying: handle) }

  /// Every element below the root, in document order.
  var elements: [HTMLElement] {
    guard let root = xmlDocGetRootElement(handle) else { return [] }
    var found: [HTMLElement] = []
    HTMLElement(node: root).append(to: &found)
    return found
  }

  /// An element that is not yet part of the page.
  func makeElement(_ name: StaticString) -> HTMLElement {
    guard let node = xmlNewDocNode(handle, nil, name.utf8Start, nil) else {
      preconditionFailure("out of memory while building a page")
    }
    return HTMLElement(node: node)
  }

  /// Appends the whole page to the sink.
  func write(to sink: HTMLSink) {
    htmlDocContentDumpFormatOutput(sink.buffer, handle, "UTF-8", 0)
    sink.flush()
  }

  /// Appends one element with everything in it to the sink.
  func write(_ element: HTMLElement, to sink: HTMLSink) {
    htmlNodeDumpFormatOutput(sink.buffer, handle, element.node, "UTF-8", 0)
    sink.flush()
  }
}

/// Collects what libxml2 serialises; all escaping is done by the library.
final class HTMLSink {
  /// What was written and flushed so far.
  private(set) var bytes: [UInt8] = []
  /// The library's buffer in front of the bytes; lives as long as the sink.
  fileprivate private(set) var buffer: xmlOutputBufferPtr

  init() {
    // No encoder: the tree holds UTF-8 and so does the page.
    guard let buffer = xmlAllocOutputBuffer(nil) else {
      preconditionFailure("out of memory while writing a page")
    }
    self.buffer = buffer
  }

  deinit { xmlOutputBufferClose(buffer) }

  /// Appends bytes that are HTML already.
  func append(_ html: some Sequence<UInt8>) { bytes.append(contentsOf: html) }

  /// Makes room for this many more bytes.
  func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  fileprivate func flush() {
    let count = xmlOutputBufferGetSize(buffer)
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: xmlOutputBufferGetContent(buffer), count: count)
    )
    xmlBufShrink(buffer.pointee.buffer, count)
  }
}
