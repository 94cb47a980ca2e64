internal import TranscriptModel

/// A table definition prepared for reading: names as bytes, positions looked up once.
///
/// A class, as is the column's shape, because copies of so many arrays would cost more than reading
/// a cell.
final class TableShape: Sendable {
  let name: String
  let columns: [ColumnShape]
  /// The column that takes what does not fit elsewhere, when there is one.
  let textColumn: Int?
  /// The spellings under which a reply may name the table, without case and punctuation.
  let spellings: [[UInt8]]
  /// The property's name as the schema has it.
  let property: [UInt8]
  /// The names of the tags that begin and end its block, in lower case; the first is the one asked
  /// for.
  let tags: [[UInt8]]

  init(_ definition: TableDefinition) {
    name = definition.name
    let columns = definition.columns.map { ColumnShape($0) }
    self.columns = columns
    textColumn = columns.firstIndex { $0.role == .text }
    property = Array(definition.property.utf8)
    let bare = Self.withoutTaskNumber(definition.property)
    spellings = [definition.property, definition.name, bare].map { Spelling.normalised($0.utf8) }
    tags = Self.tags(property: definition.property, name: definition.name)
  }

  /// `task1_transcripts` without its first word, when that counts tasks.
  private static func withoutTaskNumber(_ property: String) -> String {
    guard let underscore = property.firstIndex(of: "_"), property.hasPrefix("task"),
      property[..<underscore].dropFirst(4).allSatisfy(\.isNumber)
    else { return property }
    return String(property[property.index(after: underscore)...])
  }

  private static func tags(property: String, name: String) -> [[UInt8]] {
    var tags: [String] = []
    for base in [property, name] {
      for stem in [base, base.hasSuffix("s") ? String(base.dropLast()) : base] {
        tags += [stem + "_tsv", stem + "_csv"]
      }
    }
    tags += [property]
    return tags.map { Array($0.lowercased().utf8) }
  }

  /// The column of a name, and whether it is spelled as the schema has it.
  func column(named key: UnsafeBufferPointer<UInt8>) -> (index: Int, isExact: Bool)? {
    if let index = columns.firstIndex(where: { $0.nameBytes.elementsEqual(key) }) {
      return (index, true)
    }
    let spelling = Spelling.normalised(key)
    guard !spelling.isEmpty,
      let index = columns.firstIndex(where: { $0.spelling == spelling })
    else { return nil }
    return (index, false)
  }
}

/// A column definition prepared for reading.
final class ColumnShape: Sendable {
  let name: String
  let nameBytes: [UInt8]
  /// The name in the quotes of JSON.
  let key: [UInt8]
  let spelling: [UInt8]
  let type: Column.ValueType
  let role: Column.Role?
  let enumValues: [[UInt8]]
  /// Whether the column holds what was said, where words such as `N/A` may be just that.
  let isProse: Bool
  /// Whether a row without a value for it is short.
  let isRequired: Bool

  init(_ definition: ColumnDefinition) {
    let name = definition.column.name
    self.name = name
    nameBytes = Array(name.utf8)
    key = [ASCII.quote] + nameBytes + [ASCII.quote]
    spelling = Spelling.normalised(nameBytes)
    type = definition.column.type
    role = definition.column.role
    enumValues = definition.enumValues.map { Array($0.utf8) }
    isProse = role == .text || role == .translation
    isRequired = definition.isRequired
  }
}

/// Names without what models vary about them.
enum Spelling {
  /// The letters and digits in lower case, and whatever is not ASCII.
  static func normalised(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.compactMap { byte in
      Input.isLetter(byte) ? byte | 0x20 : Input.isDigit(byte) || byte >= 0x80 ? byte : nil
    }
  }
}
