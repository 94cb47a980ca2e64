internal import TranscriptModel

/// What a cell's text means under its column.
enum CellReading: Equatable {
  /// No value; `isWord` when a word such as `N/A` says so.
  case missing(isWord: Bool)
  /// Text, kept as it is.
  case text
  /// One of the values of an enumeration, by its position; not exact when only the case differs.
  case member(Int, isExact: Bool)
  case integer(Int, isExact: Bool)
  /// A number, at a range within the text.
  case number(Range<Int>)
  case boolean(Bool, isExact: Bool)
  /// Text that lacks the column's type.
  case invalid
  /// Text that is none of an enumeration's values.
  case stranger
}

extension CellReading {
  init(_ text: UnsafeBufferPointer<UInt8>, column: ColumnShape) {
    let trimmed = Self.trimmed(text)
    if Self.isMissing(trimmed, text) {
      self = .missing(isWord: false)
    } else if !column.isProse, Self.isMissingWord(trimmed) {
      self = .missing(isWord: true)
    } else {
      self =
        switch column.type {
        case .string: Self.string(trimmed, text, column)
        case .integer: Self.integer(trimmed)
        case .number: Self.number(trimmed, text)
        case .boolean: Self.boolean(trimmed)
        }
    }
  }

  typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  private static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> Bytes {
    var slice = text[...]
    while let first = slice.first, Input.isSpace(first) { slice.removeFirst() }
    while let last = slice.last, Input.isSpace(last) { slice.removeLast() }
    return slice
  }

  private static func isMissing(_ trimmed: Bytes, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    trimmed.isEmpty || trimmed.count == 1 && trimmed[trimmed.startIndex] == UInt8(ascii: "?")
  }

  /// The words by which models say that there is no value, in lower case.
  private static let missingWords: [[UInt8]] = ["n/a", "null", "none", "nan", "-"].map {
    Array($0.utf8)
  }

  private static func isMissingWord(_ text: Bytes) -> Bool {
    text.count <= 4 && missingWords.contains { text.lazy.map(Input.lowercased).elementsEqual($0) }
  }

  private static func string(
    _ trimmed: Bytes,
    _ text: UnsafeBufferPointer<UInt8>,
    _ column: ColumnShape
  ) -> CellReading {
    if column.enumValues.isEmpty { return .text }
    if let index = column.enumValues.firstIndex(where: { text.elementsEqual($0) }) {
      return .member(index, isExact: true)
    }
    let spelling = Spelling.normalised(trimmed)
    let index = column.enumValues.firstIndex { Spelling.normalised($0) == spelling }
    return index.map { .member($0, isExact: false) } ?? .stranger
  }

  private static func integer(_ text: Bytes) -> CellReading {
    if let value = WrittenNumber.integer(text) { return .integer(value, isExact: true) }
    if let value = WrittenNumber.wholeValue(text) ?? WrittenNumber.integerAmongWords(text) {
      return .integer(value, isExact: false)
    }
    return .invalid
  }

  private static func number(_ trimmed: Bytes, _ text: UnsafeBufferPointer<UInt8>) -> CellReading {
    guard WrittenNumber.isNumber(trimmed) else { return .invalid }
    return .number(trimmed.startIndex - text.startIndex..<trimmed.endIndex - text.startIndex)
  }

  private static let booleans: [(word: [UInt8], value: Bool)] = [
    ("true", true), ("false", false), ("yes", true), ("no", false), ("1", true), ("0", false),
  ].map { (Array($0.0.utf8), $0.1) }

  private static func boolean(_ text: Bytes) -> CellReading {
    if text.elementsEqual(booleans[0].word) { return .boolean(true, isExact: true) }
    if text.elementsEqual(booleans[1].word) { return .boolean(false, isExact: true) }
    let match = booleans.first { text.lazy.map(Input.lowercased).elementsEqual($0.word) }
    return match.map { .boolean($0.value, isExact: false) } ?? .invalid
  }
}
