/// White space as JavaScript's `\s` and `trim` define it, which the template language builds on.
enum WhiteSpace {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
      0xFEFF:
      true
    default: false
    }
  }

  static func isAll(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.allSatisfy(contains)
  }

  /// The white space a text begins with.
  static func leading(_ text: String) -> Substring {
    Substring(text.unicodeScalars.prefix(while: contains))
  }

  /// The white space a text ends with.
  static func trailing(_ text: String) -> Substring {
    let scalars = text.unicodeScalars
    let end = scalars.lastIndex { !contains($0) }.map(scalars.index(after:)) ?? scalars.startIndex
    return Substring(scalars[end...])
  }
}

extension PromptText {
  /// The range without white space at both ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let text = String(decoding: bytes[range], as: UTF8.self)
    let leading = WhiteSpace.leading(text).utf8.count
    if leading == range.count { return range.upperBound..<range.upperBound }
    let trailing = WhiteSpace.trailing(text).utf8.count
    return range.lowerBound + leading..<range.upperBound - trailing
  }

  /// The offset of the first byte that is not part of UTF-8.
  var firstInvalidByte: Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var iterator = bytes.makeIterator()
    var decoder = UTF8()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      offset += UTF8.width(scalar)
    }
    return offset
  }
}
