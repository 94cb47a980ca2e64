extension JSONValue {
  /// How a document is written.
  public struct Format: Hashable, Sendable {
    /// Blanks for each level of nesting; `nil` writes everything on one line without blanks.
    public var indent: Int?
    /// Whether `<` is written `\u003c`, as needed inside an HTML `script` element.
    public var escapesLessThan: Bool

    /// One line without blanks.
    public static let compact = Format(indent: nil, escapesLessThan: false)
    /// Two blanks for each level.
    public static let pretty = Format(indent: 2, escapesLessThan: false)
    /// One line, safe inside an HTML `script` element.
    public static let script = Format(indent: nil, escapesLessThan: true)
  }

  /// The document as text.
  public func rendered(_ format: Format = .compact) -> String {
    String(decoding: renderedBytes(format), as: UTF8.self)
  }

  /// The document as UTF-8.
  public func renderedBytes(_ format: Format = .compact) -> [UInt8] {
    var writer = JSONWriter(format: format)
    writer.write(self, level: 0)
    return writer.output
  }

  /// Appends a string in quotes, its UTF-8 escaped as JSON asks.
  ///
  /// - Precondition: the bytes are valid UTF-8.
  public static func render(string: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var writer = JSONWriter(format: .compact)
    swap(&writer.output, &output)
    writer.write(string)
    swap(&writer.output, &output)
  }

  /// Appends the document as UTF-8, for writers of long lists that never hold the whole tree.
  public func render(to output: inout [UInt8], _ format: Format = .compact) {
    var writer = JSONWriter(format: format)
    swap(&writer.output, &output)
    writer.write(self, level: 0)
    swap(&writer.output, &output)
  }
}

/// Appends values to a buffer of UTF-8.
struct JSONWriter {
  let format: JSONValue.Format
  var output: [UInt8] = []

  init(format: JSONValue.Format) { self.format = format }

  mutating func write(_ value: JSONValue, level: Int) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .number(let number): append(number.text)
    case .string(let text): write(text)
    case .array(let elements):
      writeList(elements, brackets: ("[", "]"), level: level) { writer, element in
        writer.write(element, level: level + 1)
      }
    case .object(let object):
      writeList(object.members, brackets: ("{", "}"), level: level) { writer, member in
        writer.write(member.key)
        writer.append(writer.format.indent == nil ? ":" : ": ")
        writer.write(member.value, level: level + 1)
      }
    }
  }

  private mutating func writeList<Element>(
    _ elements: [Element],
    brackets: (String, String),
    level: Int,
    write: (inout JSONWriter, Element) -> Void
  ) {
    append(brackets.0)
    for (index, element) in elements.enumerated() {
      if index > 0 { append(",") }
      breakLine(level: level + 1)
      write(&self, element)
    }
    if !elements.isEmpty { breakLine(level: level) }
    append(brackets.1)
  }

  private mutating func breakLine(level: Int) {
    guard let indent = format.indent else { return }
    output.append(0x0A)
    output.append(contentsOf: repeatElement(0x20, count: indent * level))
  }

  mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

  mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { write($0) }
  }

  /// Copies the stretches between signs that need an escape as they are.
  mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
    output.append(UInt8(ascii: "\""))
    var start = 0
    for (index, byte) in text.enumerated() where needsEscape(byte) {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      write(escapeOf: byte)
      start = index + 1
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    output.append(UInt8(ascii: "\""))
  }

  private func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
      || byte == UInt8(ascii: "<") && format.escapesLessThan
  }

  private mutating func write(escapeOf byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      output.append(UInt8(ascii: "\\"))
      output.append(byte)
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default: writeEscape(byte)
    }
  }

  private mutating func writeEscape(_ byte: UInt8) {
    let digits = String(byte, radix: 16)
    append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
  }
}
