/// A prompt file divided into front matter and template.
///
/// The front matter stands between two lines of three hyphens; before the first there may be blank
/// lines and lines that begin with `#`. A template below front matter is trimmed, as the format
/// says; a file without front matter is all template.
struct PromptDocument {
  let text: PromptText
  /// The bytes between the delimiters; `nil` when the file has no front matter.
  let frontMatter: Range<Int>?
  /// The line the front matter begins on, from 0.
  let frontMatterLine: Int
  let template: Range<Int>

  /// The largest file that is read, in bytes; a larger one is no prompt.
  static let maximumSize = 16 << 20
  /// The largest front matter that is read, in bytes.
  static let maximumFrontMatterSize = 256 << 10

  init(_ text: PromptText) throws(PromptError) {
    self.text = text
    let start = try Self.start(of: text)
    var lines = LineReader(bytes: text.bytes, position: start)
    guard let opening = lines.skipToDelimiter() else {
      frontMatter = nil
      frontMatterLine = 0
      template = start..<text.bytes.count
      return
    }
    frontMatterLine = lines.line
    let contents = lines.position
    guard let closing = lines.findDelimiter() else {
      throw PromptError(
        .frontMatter,
        "the front matter has no closing ---",
        hint: "end the front matter with a line of three hyphens",
        at: text.location(of: opening)
      )
    }
    guard closing - contents <= Self.maximumFrontMatterSize else {
      throw PromptError(
        .limit,
        "the front matter has \(closing - contents) bytes, "
          + "more than \(Self.maximumFrontMatterSize)",
        at: text.location(of: opening)
      )
    }
    frontMatter = contents..<closing
    template = text.trimmed(lines.position..<text.bytes.count)
  }

  /// The first byte after a byte order mark, once size and encoding are known to be good.
  private static func start(of text: PromptText) throws(PromptError) -> Int {
    guard text.bytes.count <= maximumSize else {
      throw PromptError(
        .limit,
        "the prompt has \(text.bytes.count) bytes, more than \(maximumSize)",
        hint: "pass long texts as input instead of writing them into the template",
        at: text.location(of: 0)
      )
    }
    if let offset = text.firstInvalidByte {
      throw PromptError(
        .encoding,
        "the text is not UTF-8",
        hint: "save the file as UTF-8",
        at: text.location(of: offset)
      )
    }
    return text.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}

/// Walks the lines of a text; a line ends with LF, CR LF or CR.
private struct LineReader {
  let bytes: [UInt8]
  var position: Int
  var line = 0

  /// Passes the opening delimiter and returns its position, when only blank lines and lines that
  /// begin with `#` stand before it.
  mutating func skipToDelimiter() -> Int? {
    while position < bytes.count {
      let start = position
      let content = next()
      if isDelimiter(content) { return start }
      guard bytes[content].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) || bytes[start] == 0x23 else {
        return nil
      }
    }
    return nil
  }

  /// Passes the closing delimiter and returns its position.
  mutating func findDelimiter() -> Int? {
    while position < bytes.count {
      let start = position
      if isDelimiter(next()) { return start }
    }
    return nil
  }

  /// Passes one line and returns the range of its content.
  private mutating func next() -> Range<Int> {
    let start = position
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D {
      position += 1
    }
    let content = start..<position
    if position < bytes.count {
      let isPair = bytes[position...].starts(with: [0x0D, 0x0A])
      position += isPair ? 2 : 1
    }
    line += 1
    return content
  }

  private func isDelimiter(_ content: Range<Int>) -> Bool {
    bytes[content].starts(with: [0x2D, 0x2D, 0x2D])
      && bytes[content].dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
}
