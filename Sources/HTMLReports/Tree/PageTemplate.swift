internal import Digests
internal import EmbeddedLibrary

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A page template of the report assets with its styles and scripts put inside.
struct PageTemplate: ~Copyable {
  let document: HTMLDocument
  private let slots: [String: HTMLElement]

  /// The template of a name, such as `transcript.html`.
  init(named name: String) {
    document = HTMLDocument(parsing: Self.asset(name))
    slots = document.takeSlots()
    for element in document.elements { Self.embed(element) }
  }

  /// The element of a slot, its sample content removed.
  func slot(_ name: String) -> HTMLElement {
    guard let element = slots[name] else { preconditionFailure("the template lacks slot \(name)") }
    return element.emptied()
  }

  /// Hides the section that a slot is in, for documents that have nothing to put there.
  func hide(sectionOf name: String) {
    var element = slots[name]
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
    guard let head = document.element(named: "head") else {
      preconditionFailure("the template has no head")
    }
    head.prepend("meta")
      .with("http-equiv", "Content-Security-Policy")
      .with("content", policy.joined(separator: "; "))
  }

  /// Tells the page's scripts which library it came from.
  func name(_ library: HTMLReport.Options.Library) {
    guard let head = document.element(named: "head") else {
      preconditionFailure("the template has no head")
    }
    head.append("meta").with("name", "tabscribe-library").with("content", library.address)
      .with("data-token", library.token)
  }

  /// The digests of all inline elements of a name, as a policy lists them.
  private func sources(_ name: String) -> String {
    document.elements
      .filter { $0.name == name && $0["type"] == nil }
      .map { "'sha256-\(Self.digest($0.text))'" }
      .joined(separator: " ")
  }

  static func digest(_ content: String) -> String {
    let digest = SHA256()
    digest.update(content.utf8)
    return Data(digest.finalize()).base64EncodedString()
  }

  /// Replaces a linked style or script by the asset itself.
  private static func embed(_ element: HTMLElement) {
    if element.name == "link", element["rel"] == "stylesheet", let name = element["href"] {
      element.replace(with: "style").append(raw: asset(name))
    } else if element.name == "script", let name = element["src"] {
      element["src"] = nil
      element.append(raw: asset(name))
    }
  }

  private static func asset(_ name: String) -> [UInt8] {
    guard let file = EmbeddedLibrary.reports.file(named: name) else {
      preconditionFailure("the report assets lack \(name)")
    }
    return file.bytes
  }
}
