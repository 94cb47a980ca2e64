/// The tags around the blocks of TSV; everything else that looks like a tag is text.
enum BlockTags {
  struct Tag {
    let table: Int
    let isClosing: Bool
    /// The bytes of the tag with its angle brackets.
    let range: Range<Int>
    /// Whether it is spelled as asked for.
    let isExact: Bool
  }

  /// The tag at a `<`; `nil` when there is none.
  static func tag(at index: Int, _ input: Input, _ shapes: [TableShape]) -> Tag? {
    let isClosing = index + 1 < input.end && input[index + 1] == ASCII.slash
    let start = index + (isClosing ? 2 : 1)
    for (table, shape) in shapes.enumerated() {
      for (rank, name) in shape.tags.enumerated()
      where input.matchesIgnoringCase(name, at: start) {
        let end = start + name.count
        guard end < input.end, input[end] == ASCII.greater else { continue }
        let isExact = rank == 0 && !input.bytes(start..<end).contains { $0 &- 0x61 < 26 }
        return Tag(table: table, isClosing: isClosing, range: index..<end + 1, isExact: isExact)
      }
    }
    return nil
  }

  /// Whether an opening tag stands at a `<`; `nil` when more must arrive to tell.
  static func begins(at index: Int, _ input: Input, _ shapes: [TableShape]) -> Bool? {
    if let tag = tag(at: index, input, shapes) { return !tag.isClosing }
    let isPossible = !input.isFinal && isPrefix(index..<input.end, input, shapes)
    return isPossible ? nil : false
  }

  /// Whether a range is the beginning of a tag, as it is where a reply was cut.
  static func isPrefix(_ range: Range<Int>, _ input: Input, _ shapes: [TableShape]) -> Bool {
    guard !range.isEmpty, input[range.lowerBound] == ASCII.less else { return false }
    var name = range.dropFirst()
    if let first = name.first, input[first] == ASCII.slash { name = name.dropFirst() }
    return shapes.contains { shape in
      shape.tags.contains { tag in
        name.count <= tag.count
          && zip(name, tag).allSatisfy { Input.lowercased(input[$0]) == $1 }
      }
    }
  }
}
