internal import Digests
internal import EmbeddedLibrary
internal import HostSystem

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A page template of the report assets with its styles and scripts put inside.
struct PageTemplate: ~Copyable {
  let document: HTMLDocument
  private let parts: TemplateParts
  private let elements: [HTMLElement]

  /// The template of a name, such as `transcript.html`.
  init(named name: String) {
    parts = Self.templates.withLock { templates in
      let template = templates[name] ?? TemplateParts(named: name)
      templates[name] = template
      return template
    }
    document = parts.document.copy()
    elements = document.elements
  }

  /// The templates that were used, read once a process.
  private static let templates = Lock<[String: TemplateParts]>([:])

  /// The element of a slot, its sample content removed.
  func slot(_ name: String) -> HTMLElement {
    guard let element = element(ofSlot: name) else {
      preconditionFailure("the template lacks slot \(name)")
    }
    return element.emptied()
  }

  private func element(ofSlot name: String) -> HTMLElement? {
    parts.slots[name].map { elements[$0] }
  }

  /// Appends the page with its styles and scripts.
  ///
  /// - Parameter rows: Appends what stands where ``placeOfRows`` was put.
  func write(to page: HTMLSink, rows: (HTMLSink) -> Void = { _ in }) {
    let frame = HTMLSink()
    document.write(to: frame)
    var rest = frame.bytes[...]
    while let start = rest.firstIndex(of: TemplateParts.mark) {
      guard let end = rest[(start + 1)...].firstIndex(of: TemplateParts.mark) else { break }
      if let asset = parts.assets[String(decoding: rest[(start + 1)..<end], as: UTF8.self)] {
        page.append(rest[..<start])
        page.append(asset)
        rest = rest[(end + 1)...]
      } else {
        // The mark is in a comment, whose signs go with it.
        page.append(rest[..<start].dropLast(4))
        rows(page)
        rest = rest[(end + 1)...].dropFirst(3)
      }
    }
    page.append(rest)
  }

  /// The page with its styles and scripts.
  func rendered() -> [UInt8] {
    let page = HTMLSink()
    write(to: page)
    return page.bytes
  }

  /// A comment in whose place rows are written; it holds a control character, which no text of a
  /// page does.
  static let placeOfRows: StaticString = "\u{1}rows\u{1}"

  /// Hides the section that a slot is in, for documents that have nothing to put there.
  func hide(sectionOf name: String) {
    var element = element(ofSlot: name)
    while let current = element, current.name != "section" { element = current.parent }
    element?["hidden"] = ""
  }

  /// Forbids everything the page does not do itself; call when styles and scripts are final.
  ///
  /// - Parameters:
  ///   - media: further directives for the player.
  ///   - forms: where forms may be sent to.
  ///   - connections: what scripts may ask.
  func seal(media: [String], forms: String = "'none'", connections: String = "'none'") {
    let policy =
      [
        "default-src 'none'", "script-src \(sources("script"))", "style-src \(sources("style"))",
      ] + media + [
        "connect-src \(connections)", "base-uri 'none'", "form-action \(forms)",
        "object-src 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
      ]
    elements[parts.head].prepend("meta")
      .with("http-equiv", "Content-Security-Policy")
      .with("content", policy.joined(separator: "; "))
  }

  /// Tells the page's scripts which library it came from.
  func name(_ library: HTMLReport.Options.Library) {
    let meta = elements[parts.head].append("meta").with("name", "tabscribe-library").with(
      "content",
      library.address
    )
    .with("data-token", library.token)
    if let user = library.user { meta.with("data-user", user) }
  }

  /// The digests of all inline elements of a name, as a policy lists them.
  private func sources(_ name: String) -> String {
    let ownParts = parts.openParts
      .map { elements[$0] }
      .filter { $0.name == name }
      .map { TemplateParts.source($0.text) }
    return ((parts.sources[name] ?? []) + ownParts).joined(separator: " ")
  }
}

/// A template as it was read, and where its parts stand among its elements.
///
/// Never changed: copying a tree only reads it.
private final class TemplateParts: @unchecked Sendable {
  let document: HTMLDocument
  /// The elements that are filled, by the slot's name.
  let slots: [String: Int]
  /// Styles and scripts that are no assets, which each page may fill in its own way.
  let openParts: [Int]
  let head: Int
  /// The digests of the styles and scripts that every page has alike, by the elements' name.
  let sources: [String: [String]]
  /// These styles and scripts by the assets' names.
  ///
  /// The tree holds marks in their places, so that it is small to copy and to write.
  let assets: [String: [UInt8]]

  /// What a mark begins and ends with: a control character, which no text of a page holds.
  static let mark: UInt8 = 1

  init(named name: String) {
    document = HTMLDocument(parsing: Self.asset(name))
    var assets: [String: [UInt8]] = [:]
    var sources: [String: [String]] = [:]
    for element in document.elements {
      guard let (kind, name) = Self.embed(element) else { continue }
      let asset = Self.asset(name)
      precondition(asset.firstIndex(of: Array("</".utf8)) == nil, "\(name) holds a closing tag")
      assets[name] = asset
      sources[kind, default: []].append(Self.source(String(decoding: asset, as: UTF8.self)))
    }
    var slots: [String: Int] = [:]
    var openParts: [Int] = []
    var head: Int?
    for (position, element) in document.elements.enumerated() {
      if element.name == "head" { head = position }
      let isInline = ["script", "style"].contains(element.name) && element["type"] == nil
      if isInline, element.text.utf8.first != Self.mark { openParts.append(position) }
      if let slot = element["data-slot"] {
        element["data-slot"] = nil
        slots[slot] = position
      }
    }
    guard let head else { preconditionFailure("the template has no head") }
    (self.slots, self.openParts, self.sources, self.head) = (slots, openParts, sources, head)
    self.assets = assets
  }

  /// The content of an inline element, as a policy names it.
  static func source(_ content: String) -> String {
    let digest = SHA256()
    digest.update(content.utf8)
    return "'sha256-\(Data(digest.finalize()).base64EncodedString())'"
  }

  /// Puts a mark in the place of a linked style or script, and returns which it is and the asset's name.
  private static func embed(_ element: HTMLElement) -> (kind: String, asset: String)? {
    if element.name == "link", element["rel"] == "stylesheet", let name = element["href"] {
      element.replace(with: "style").append(raw: Array("\u{1}\(name)\u{1}".utf8))
      return ("style", name)
    }
    guard element.name == "script", let name = element["src"] else { return nil }
    element["src"] = nil
    element.append(raw: Array("\u{1}\(name)\u{1}".utf8))
    return ("script", name)
  }

  private static func asset(_ name: String) -> [UInt8] {
    guard let file = EmbeddedLibrary.reports.file(named: name) else {
      preconditionFailure("the report assets lack \(name)")
    }
    return file.bytes
  }
}
