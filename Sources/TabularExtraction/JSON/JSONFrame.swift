/// An array or object that has begun and not ended.
struct JSONFrame {
  enum Kind: UInt8 {
    /// An object whose keys will tell what it is.
    case object
    /// An object that holds tables, or objects that do.
    case wrapper
    /// An object that is a row.
    case row
    /// An array of rows.
    case table
    /// An array whose elements will tell what they are.
    case list
    /// An array that is a row, its values in the order of the columns.
    case cells
    /// Anything inside a cell.
    case nested
  }

  /// What is due next; arrays only have values and separators.
  enum Stage: UInt8 {
    case key, colon, value, separator
  }

  var kind: Kind
  let isObject: Bool
  var stage: Stage
  /// The table it belongs to, when that is known.
  var table: Int?
  /// The column of the value that is due, in rows.
  var column: Int?
  /// Whether a comma was the last thing read.
  var hasComma = false
  /// Where it begins.
  var start: Int
  /// What is known of an object, or of a list of objects, that has not said what it is.
  var undecided = Undecided()

  init(_ kind: Kind, isObject: Bool, table: Int?, start: Int) {
    self.kind = kind
    self.isObject = isObject
    self.table = table
    self.start = start
    stage = isObject ? .key : .value
    column = kind == .cells ? 0 : nil
  }

  /// What tells rows from other objects, beside their keys.
  struct Undecided {
    /// Where the object's members begin in the reader's list of members.
    var members = 0
    /// The key whose value is due.
    var key: RawCell?
    /// Whether that key is a column.
    var isColumn = false
    /// The key in the object around it, under which it stands.
    var outerKey: RawCell?
    /// The first key that is no column, as a sample.
    var strangeKey: Range<Int>?
    /// The number of keys that are no column.
    var strangeKeys = 0
    /// Whether it stands in an array.
    var isElement = false
    /// Whether it stands beside values that may be a row's, so that only tables with a name count.
    var needsName = false
    /// The tables that have rows directly in it.
    var begun: [Int] = []
    /// The reader's count of tables and rows when it began.
    var yield = 0
  }
}

/// A member of an object that may turn out to be a row.
struct JSONMember {
  let key: RawCell
  let value: RawCell
}

/// A piece of JSON as the scanner hands it out.
struct JSONToken {
  enum Kind: UInt8 {
    case openBrace, closeBrace, openBracket, closeBracket, colon, comma
    /// A string, number or word.
    case scalar
  }

  let kind: Kind
  let start: Int
  /// What a scalar is; its range is the text without quotes.
  var cell = RawCell.unset

  var isOpening: Bool { kind == .openBrace || kind == .openBracket }
}
