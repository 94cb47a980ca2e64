/// A place in a prompt file.
public struct PromptLocation: Hashable, Sendable {
  /// The file's name as it was given.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int
  /// The text of the line; of a very long line the part around the column.
  public let lineText: String
  /// Characters of ``lineText`` before the place.
  let caret: Int

  /// The longest part of a line that is kept, in bytes.
  static let maximumLineLength = 240
}

extension PromptLocation: CustomStringConvertible {
  /// File, line and column, joined by colons.
  public var description: String { "\(file):\(line):\(column)" }

  /// The line, and below it a caret under the place; tabs stay, so that the two align.
  public var excerpt: [String] {
    let indent = lineText.prefix(caret).map { $0 == "\t" ? "\t" : " " }.joined()
    return ["  " + lineText, "  " + indent + "^"]
  }
}

/// The text of one prompt or partial with its name; positions in it are byte offsets.
final class PromptText: Sendable {
  let name: String
  let bytes: [UInt8]

  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The place of a byte.
  func location(of offset: Int) -> PromptLocation {
    let offset = min(offset, bytes.count)
    var line = 1
    var start = 0
    for position in 0..<offset where isLineEnd(position) {
      line += 1
      start = position + 1
    }
    return location(line: line, start: start, offset: offset)
  }

  /// The place given by a line and a column, both from 1, as libyaml counts them.
  func location(line: Int, column: Int) -> PromptLocation {
    var start = 0
    var left = line - 1
    while left > 0, start < bytes.count {
      if isLineEnd(start) { left -= 1 }
      start += 1
    }
    var offset = start
    var ahead = column - 1
    while ahead > 0, offset < bytes.count, !isLineEnd(offset) {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      ahead -= 1
    }
    return location(line: line, start: start, offset: offset)
  }

  private func location(line: Int, start: Int, offset: Int) -> PromptLocation {
    let half = PromptLocation.maximumLineLength / 2
    var from = max(start, offset - half)
    while from > start, bytes[from] & 0xC0 == 0x80 { from -= 1 }
    var to = offset
    while to < bytes.count, to - offset < half, !isLineEnd(to), bytes[to] != 0x0D { to += 1 }
    while to < bytes.count, to > offset, bytes[to] & 0xC0 == 0x80 { to -= 1 }
    return PromptLocation(
      file: name,
      line: line,
      column: characters(start..<offset) + 1,
      lineText: String(decoding: bytes[from..<to], as: UTF8.self),
      caret: characters(from..<offset)
    )
  }

  private func characters(_ range: Range<Int>) -> Int {
    String(decoding: bytes[range], as: UTF8.self).count
  }

  /// Whether the byte ends a line: a line feed, or a carriage return without one.
  private func isLineEnd(_ position: Int) -> Bool {
    switch bytes[position] {
    case 0x0A: true
    case 0x0D: position + 1 == bytes.count || bytes[position + 1] != 0x0A
    default: false
    }
  }
}
