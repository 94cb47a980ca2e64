internal import OrderedJSON

/// Writes a JSON document line by line: brackets indent, each member and element has its own line.
struct LineWriter {
  private(set) var output: [UInt8] = []
  private var level = 0
  private var isFirst = true
  /// Takes what is written, piece by piece; `nil` keeps all of it.
  private let take: (([UInt8]) -> Void)?

  /// Pieces are as large as this and a line.
  private static let pieceSize = 1 << 20

  /// A writer with room for a number of bytes: one that grows holds what it has twice.
  init(capacity: Int = 0) {
    take = nil
    output.reserveCapacity(capacity)
  }

  /// A writer that holds no more than a piece of what it writes, and hands each to a function.
  init(handingTo take: @escaping ([UInt8]) -> Void) { self.take = take }

  /// Opens an object or a list, as a member or an element.
  mutating func open(_ bracket: StaticString, key: String? = nil) {
    startLine(key: key)
    append(bracket)
    level += 1
    isFirst = true
  }

  mutating func close(_ bracket: StaticString) {
    level -= 1
    if !isFirst { breakLine() }
    append(bracket)
    isFirst = false
    guard level == 0 else { return }
    output.append(0x0A)
    hand()
  }

  mutating func member(_ key: String, _ value: JSONValue) {
    startLine(key: key)
    value.render(to: &output)
  }

  mutating func element(_ value: JSONValue) {
    startLine(key: nil)
    value.render(to: &output)
  }

  /// Adds an element that the function writes as JSON on one line.
  mutating func element(_ write: (inout [UInt8]) -> Void) {
    startLine(key: nil)
    write(&output)
  }

  mutating func list(_ key: String, _ values: some Sequence<JSONValue>) {
    open("[", key: key)
    for value in values { element(value) }
    close("]")
  }

  private mutating func startLine(key: String?) {
    if !isFirst { output.append(UInt8(ascii: ",")) }
    if output.count >= Self.pieceSize { hand() }
    if level > 0 { breakLine() }
    isFirst = false
    guard let key else { return }
    JSONValue.string(key).render(to: &output)
    append(": ")
  }

  private mutating func hand() {
    guard let take else { return }
    take(output)
    output.removeAll(keepingCapacity: true)
  }

  private mutating func breakLine() {
    output.append(0x0A)
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level))
  }

  private mutating func append(_ text: StaticString) {
    output.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }
}
