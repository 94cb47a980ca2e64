internal import OrderedJSON

/// Writes a JSON document line by line: brackets indent, each member and element has its own line.
struct LineWriter {
  private(set) var output: [UInt8] = []
  private var level = 0
  private var isFirst = true

  /// A writer with room for a number of bytes: one that grows holds what it has twice.
  init(capacity: Int = 0) { output.reserveCapacity(capacity) }

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
    if level == 0 { output.append(0x0A) }
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
    if level > 0 { breakLine() }
    isFirst = false
    guard let key else { return }
    JSONValue.string(key).render(to: &output)
    append(": ")
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
