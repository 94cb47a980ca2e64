internal import PlainText

/// The text of a file in UTF-8 with its lines, which end with LF, CR LF or CR.
struct SourceText: Sendable {
  let bytes: [UInt8]
  /// Where each line stands, without its end.
  let lines: [Range<Int>]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = bytes.withUnsafeBufferPointer(Self.lines)
  }

  private static func lines(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    lines.reserveCapacity(bytes.count / 32)
    var start = 0
    while true {
      let end = ByteScan.next(in: bytes, from: start) { eight in
        EightBytes.equal(eight, 0x0A) | EightBytes.equal(eight, 0x0D)
      }
      guard end < bytes.count else { break }
      lines.append(start..<end)
      let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
      start = end + (isPair ? 2 : 1)
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    return lines
  }

  /// The text of a stretch.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A stretch without blanks and tabs at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Self.isBlank(bytes[start]) { start += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Some lines without blanks at their ends.
  func trimmedLines(_ range: Range<Int>) -> some Sequence<ArraySlice<UInt8>> {
    lines[range].lazy.map { bytes[trimmed($0)] }
  }

  /// Whether a line says nothing.
  func isBlank(_ line: Int) -> Bool { bytes[lines[line]].allSatisfy(Self.isBlank) }

  /// The lines that say something, without blanks at their ends.
  var texts: [(line: Int, text: String)] {
    lines.indices.compactMap { line in
      let range = trimmed(lines[line])
      return range.isEmpty ? nil : (line, text(range))
    }
  }

  /// The first lines that say something.
  func first(_ count: Int) -> [String] {
    lines.lazy.map(trimmed).filter { !$0.isEmpty }.prefix(count).map { text($0) }
  }

  func hasPrefix(_ prefix: StaticString, _ range: Range<Int>) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard range.count >= count else { return false }
    let wanted = UnsafeBufferPointer(start: prefix.utf8Start, count: count)
    return bytes[range.lowerBound..<range.lowerBound + count].elementsEqual(wanted)
  }

  @inline(__always) static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
