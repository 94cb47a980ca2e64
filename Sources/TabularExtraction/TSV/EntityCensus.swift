/// What a block shows of entities: they are decoded when the whole block is escaped, and are text
/// as soon as one bare `&` or `<` shows that it is not.
struct EntityCensus {
  private var count = 0
  private var hasBare = false
  /// The rows with an `&`.
  private(set) var rows: [Int] = []

  var isEscaped: Bool { count > 0 && !hasBare }

  /// Looks at a row.
  mutating func take(_ range: Range<Int>, row: Int, _ input: Input) {
    guard !hasBare else { return }
    if input.firstIndex(of: ASCII.less, in: range) != nil { hasBare = true }
    var index = range.lowerBound
    var isMarked = false
    while !hasBare, let found = input.firstIndex(of: ASCII.ampersand, in: index..<range.upperBound)
    {
      let rest = input.bytes(found..<range.upperBound)
      if EntityText.entity(rest[...]) == nil { hasBare = true }
      count += 1
      isMarked = true
      index = found + 1
    }
    if hasBare { rows = [] } else if isMarked { rows.append(row) }
  }
}

/// The entities of XML in text.
enum EntityText {
  private static let named: [(name: [UInt8], scalar: Unicode.Scalar)] = [
    (Array("&amp;".utf8), "&"), (Array("&lt;".utf8), "<"), (Array("&gt;".utf8), ">"),
    (Array("&quot;".utf8), "\""), (Array("&apos;".utf8), "'"),
  ]

  /// The character of the entity at the beginning of a text, and its length.
  static func entity(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> (Unicode.Scalar, Int)? {
    if let match = named.first(where: { text.starts(with: $0.name) }) {
      return (match.scalar, match.name.count)
    }
    guard text.starts(with: "&#".utf8),
      let end = text.prefix(10).firstIndex(of: UInt8(ascii: ";"))
    else { return nil }
    let digits = text[(text.startIndex + 2)..<end]
    let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    let value = UInt32(
      String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self),
      radix: isHexadecimal ? 16 : 10
    )
    return value.flatMap(Unicode.Scalar.init).map { ($0, end - text.startIndex + 1) }
  }

  /// Appends a text with its entities decoded.
  static func appendDecoded(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var index = 0
    while index < text.count {
      if text[index] == ASCII.ampersand, let (scalar, length) = entity(text[index...]) {
        UTF8Text.append(scalar, to: &output)
        index += length
      } else {
        output.append(text[index])
        index += 1
      }
    }
  }

  /// Writes `&` and `<` as entities.
  static func escape(_ text: inout [UInt8]) {
    text = text.flatMap { byte -> [UInt8] in
      switch byte {
      case ASCII.ampersand: named[0].name
      case ASCII.less: named[1].name
      default: [byte]
      }
    }
  }
}
