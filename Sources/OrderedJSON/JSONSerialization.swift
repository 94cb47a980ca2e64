internal import PlainText

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
    writer.output.reserveCapacity(leastSize)
    writer.write(self, level: 0)
    return writer.output
  }

  /// The bytes it takes when nothing is escaped: room for a request with media need not double while it grows.
  private var leastSize: Int {
    switch self {
    case .null, .bool: 5
    case .number(let number): number.text.utf8.count
    case .string(let text): text.utf8.count + 2
    case .array(let elements): elements.reduce(2) { $0 + $1.leastSize + 1 }
    case .object(let object):
      object.members.reduce(2) { $0 + $1.key.utf8.count + $1.value.leastSize + 4 }
    }
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

  private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

  mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { write($0) }
  }

  /// Copies the stretches between signs that need an escape as they are.
  mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
    output.append(UInt8(ascii: "\""))
    var start = 0
    while case let end = nextEscape(in: text, from: start), end < text.count {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      write(escapeOf: text[end])
      start = end + 1
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    output.append(UInt8(ascii: "\""))
  }

  /// The position of the next byte that needs an escape, looked for eight at a time; the end when
  /// there is none.
  private func nextEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(text)
    let lessThan: UInt64 = format.escapesLessThan ? 0x3C : 0x22
    var index = start
    while index + 8 <= text.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let found = Self.escapes(eight & ~EightBytes.high, lessThan) & ~eight
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < text.count {
      let byte = UInt64(text[index])
      if byte < 0x80, Self.escapes(byte, lessThan) & 0x80 != 0 { return index }
      index += 1
    }
    return index
  }

  /// Sets the high bit of each byte among eight ASCII ones that needs an escape.
  @inline(__always) private static func escapes(_ ascii: UInt64, _ lessThan: UInt64) -> UInt64 {
    EightBytes.below(ascii, 0x20) | EightBytes.equal(ascii, 0x22) | EightBytes.equal(ascii, 0x5C)
      | EightBytes.equal(ascii, 0x7F) | EightBytes.equal(ascii, lessThan)
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
