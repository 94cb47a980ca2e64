internal import CXML

/// An element of an `HTMLDocument`; valid as long as the document.
struct HTMLElement {
  let node: xmlNodePtr

  /// The tag's name in lower case.
  var name: String { String(cString: node.pointee.name) }

  /// The value of an attribute; the library escapes it when the page is written.
  ///
  /// Model text never goes into attributes: libxml2 copies `<!--…-->` and `&{…}` there as they are,
  /// as HTML 4 asked for. Addresses pass through `PageURL` first.
  subscript(attribute: String) -> String? {
    get {
      guard let value = xmlGetProp(node, attribute) else { return nil }
      defer { cxml_free(value) }
      return String(cString: value)
    }
    nonmutating set {
      guard let newValue else {
        xmlUnsetProp(node, attribute)
        return
      }
      set(attribute, newValue)
    }
  }

  private func set(_ attribute: UnsafePointer<xmlChar>, _ value: String) {
    xmlSetProp(node, attribute, PageText.cleaned(value))
  }

  /// Adds an attribute the element does not have yet.
  @discardableResult
  func with(_ attribute: StaticString, _ value: String) -> HTMLElement {
    xmlNewProp(node, attribute.utf8Start, PageText.cleaned(value))
    return self
  }

  /// Adds an element as the last child.
  @discardableResult
  func append(_ name: StaticString) -> HTMLElement {
    let child = xmlNewDocNode(node.pointee.doc, nil, name.utf8Start, nil)
    guard let child else { preconditionFailure("out of memory while building a page") }
    xmlAddChild(node, child)
    return HTMLElement(node: child)
  }

  /// Adds an element with a text as the last child.
  @discardableResult
  func append(_ name: StaticString, _ text: String) -> HTMLElement {
    append(name).append(text: text)
  }

  /// Adds a text as the last child; characters HTML cannot hold are replaced (`PageText`).
  @discardableResult
  func append(text: String) -> HTMLElement {
    var text = text
    text.withUTF8 { append(text: $0) }
    return self
  }

  /// Adds a text as the last child; characters HTML cannot hold are replaced (`PageText`).
  func append(text: UnsafeBufferPointer<UInt8>) {
    guard !text.isEmpty else { return }
    guard PageText.isClean(text) else {
      PageText.cleaned(text).withUnsafeBufferPointer(appendClean)
      return
    }
    appendClean(text)
  }

  private func appendClean(_ text: UnsafeBufferPointer<UInt8>) {
    let child = xmlNewDocTextLen(node.pointee.doc, text.baseAddress, Int32(text.count))
    guard let child else { preconditionFailure("out of memory while building a page") }
    xmlAddChild(node, child)
  }

  /// Adds the content of a `script` or `style` element, which HTML does not escape.
  ///
  /// - Precondition: the content cannot end the element: it holds no `</`.
  func append(raw content: [UInt8]) {
    content.withUnsafeBufferPointer { content in
      var index = 0
      while let sign = content[index...].firstIndex(of: UInt8(ascii: "<")) {
        index = sign + 1
        precondition(
          index == content.count || content[index] != UInt8(ascii: "/"),
          "the content of a script or style holds a closing tag"
        )
      }
      appendClean(content)
    }
  }

  /// Adds a comment as the last child.
  func append(comment: StaticString) {
    xmlAddChild(node, xmlNewDocComment(node.pointee.doc, comment.utf8Start))
  }

  /// The element this one is in.
  var parent: HTMLElement? { node.pointee.parent.map(HTMLElement.init) }

  /// Puts an element in front of all children.
  func prepend(_ name: StaticString) -> HTMLElement {
    let element = append(name)
    if let first = node.pointee.children, first != element.node {
      xmlAddPrevSibling(first, element.node)
    }
    return element
  }

  /// Removes all children: a template's sample content makes way.
  @discardableResult
  func emptied() -> HTMLElement {
    while let child = node.pointee.children { HTMLElement(node: child).remove() }
    return self
  }

  /// Puts an empty element in this one's place and frees this one.
  func replace(with name: StaticString) -> HTMLElement {
    let other = xmlNewDocNode(node.pointee.doc, nil, name.utf8Start, nil)
    guard let other else { preconditionFailure("out of memory while building a page") }
    xmlAddNextSibling(node, other)
    remove()
    return HTMLElement(node: other)
  }

  /// The text of the element and everything inside it.
  var text: String {
    guard let content = xmlNodeGetContent(node) else { return "" }
    defer { cxml_free(content) }
    return String(cString: content)
  }

  /// Takes the element out of the page and frees it; the handle must not be used afterwards.
  func remove() {
    xmlUnlinkNode(node)
    xmlFreeNode(node)
  }

  /// Appends the element and every element inside it, in document order.
  func append(to found: inout [HTMLElement]) {
    found.append(self)
    var child = node.pointee.children
    while let current = child {
      if current.pointee.type == XML_ELEMENT_NODE {
        HTMLElement(node: current).append(to: &found)
      }
      child = current.pointee.next
    }
  }
}
