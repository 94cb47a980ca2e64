internal import OrderedJSON

/// Rendered text with the marks that divide it into messages and parts.
///
/// Marks stand beside the text and not in it, so no input can forge one.
public struct RenderedText: Sendable {
  /// The text without its marks.
  public internal(set) var text: String
  /// The marks in order, each with the bytes of text before it.
  var marks: [(offset: Int, kind: Mark)] = []

  enum Mark: Sendable {
    case role(String, metadata: JSONObject)
    case history
    case media(url: String, contentType: String?)
    case section(String)
  }

  /// Text without marks.
  public init(_ text: String = "") { self.text = text }

  /// Adds another rendered text.
  public mutating func append(_ other: RenderedText) {
    let offset = text.utf8.count
    marks += other.marks.map { ($0.offset + offset, $0.kind) }
    text += other.text
  }

  mutating func append(_ text: String) { self.text += text }

  mutating func mark(_ kind: Mark) { marks.append((text.utf8.count, kind)) }

  /// The text with the indent before each line, as far as one begins.
  func indented(_ indent: String) -> RenderedText {
    if indent.isEmpty || text.isEmpty { return self }
    var result = RenderedText()
    var next = marks.startIndex
    var position = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let isLast = position + line.count == text.utf8.count
      if isLast, line.isEmpty { break }
      let shift = result.text.utf8.count + indent.utf8.count - position
      while next < marks.endIndex, marks[next].offset <= position + line.count {
        result.marks.append((marks[next].offset + shift, marks[next].kind))
        next += 1
      }
      result.text += indent
      result.text += Substring(line)
      if !isLast { result.text += "\n" }
      position += line.count + 1
    }
    let end = result.text.utf8.count
    result.marks += marks[next...].map { (end, $0.kind) }
    return result
  }
}
