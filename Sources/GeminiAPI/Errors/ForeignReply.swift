/// A reply that is not the service's: a page, or the words of something on the way.
struct ForeignReply {
  /// Words that sign-in pages of networks use in their titles or addresses.
  private static let portals = [
    "login", "log in", "sign in", "signin", "captive", "portal", "hotspot", "wi-fi", "wifi",
    "welcome", "authentication",
  ]

  /// The page's title, else the beginning of its words.
  let words: String
  /// Whether it is a page rather than an answer.
  let isPage: Bool

  init(_ body: [UInt8]) {
    let text = String(decoding: body.prefix(65_536), as: UTF8.self)
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.prefix(512).lowercased()
    isPage =
      start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<head")
    let title = Self.title(of: text)
    words = title.isEmpty ? Self.excerpt(of: text) : title
  }

  /// Whether it looks like the page on which a network asks people to sign in.
  var isPortal: Bool {
    let words = words.lowercased()
    return isPage && Self.portals.contains { words.contains($0) }
  }

  private static func title(of text: String) -> String {
    let text = text.prefix(32_768)
    guard let open = text.firstRange(of: /(?i)<title[^>]*>/) else { return "" }
    let rest = text[open.upperBound...]
    return line(rest[..<(rest.firstIndex(of: "<") ?? rest.endIndex)])
  }

  /// The beginning of a text, its tags, styles, scripts and line breaks left out.
  private static func excerpt(of text: String) -> String {
    var rest = text[...]
    var words = ""
    while let open = rest.firstIndex(of: "<"), words.count < 400 {
      words += rest[..<open] + " "
      rest = rest[open...]
      let name = rest.dropFirst().prefix { $0.isLetter }.lowercased()
      let end = name == "style" || name == "script" ? "</\(name)" : ">"
      guard let close = rest.range(of: end) else {
        rest = ""
        break
      }
      rest = rest[close.upperBound...]
      if end != ">" { rest = rest.drop { $0 != ">" }.dropFirst() }
    }
    return line((words + rest.prefix(400))[...])
  }

  private static func line(_ text: Substring) -> String {
    let entities = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
    var line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for (entity, character) in entities { line = line.replacing(entity, with: character) }
    return String(line.prefix(200))
  }
}

extension Substring {
  /// The first place of a text, letter case aside.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].prefix(text.count).lowercased() == text {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}

extension GeminiError {
  /// A successful answer that is none of the service's.
  init(foreignReply body: [UInt8]) {
    let reply = ForeignReply(body)
    let words = reply.words.isEmpty ? "(no text)" : reply.words
    if reply.isPage {
      self.init(.malformedResponse, Self.pageMessage(words, isPortal: reply.isPortal))
      remedy = Self.pageRemedy
    } else {
      self.init(.malformedResponse, "the service answered with something else: \(words)")
    }
  }

  private static func pageMessage(_ title: String, isPortal: Bool) -> String {
    isPortal
      ? "the network answered in place of the service, with the page “\(title)”; it looks like a "
        + "captive portal, where one has to sign in first"
      : "a web page came in place of the service's answer: “\(title)”"
  }

  private static let pageRemedy =
    "open a browser on this network and sign in where it asks for that, or check the base URL and "
    + "proxy; then run the command again"
}
