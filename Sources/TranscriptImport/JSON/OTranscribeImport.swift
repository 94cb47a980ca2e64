internal import OrderedJSON

extension ImportFormat {
  /// oTranscribe's own files, `.otr`.
  static let oTranscribe = ImportFormat(
    name: "oTranscribe",
    summary: "files of oTranscribe (.otr): text with times to click",
    content: .json(
      fits: { json in
        json["text"]?.string != nil && (json["media"] != nil || json["media-time"] != nil)
      },
      read: { json throws(ImportError) in
        let text = MarkupText.lines(json["text"]?.string ?? "")
        return TextTurns.transcript(SourceText(Array(text.utf8)), isTimed: true)
      }
    )
  )
}

/// HTML of editors as lines of text.
enum MarkupText {
  /// Elements that end a line.
  private static let blocks: Set<String> = ["br", "p", "div", "li", "tr", "h1", "h2", "h3"]

  /// The text; a time in an element of the class `timestamp` gets brackets.
  static func lines(_ html: String) -> String {
    var result = ""
    var rest = html[...]
    var isInTime = false
    while let open = rest.firstIndex(of: "<") {
      result += decoded(rest[..<open])
      guard let close = rest[open...].firstIndex(of: ">") else {
        return result + decoded(rest[open...])
      }
      let tag = rest[rest.index(after: open)..<close]
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
      if blocks.contains(name) { result += "\n" }
      if name == "span" {
        if tag.contains("timestamp") {
          isInTime = true
          result += "["
        } else if tag.hasPrefix("/"), isInTime {
          isInTime = false
          result += "]"
        }
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + decoded(rest)
  }

  private static func decoded(_ text: Substring) -> String {
    String(text).replacing("&nbsp;", with: " ").replacing("&lt;", with: "<").replacing(
      "&gt;",
      with: ">"
    )
    .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
