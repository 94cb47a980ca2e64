/// An array or object that has begun and not ended.
struct JSONFrame {
  enum Kind: UInt8 {
    /// An object whose first key will tell what it is.
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

  init(_ kind: Kind, isObject: Bool, table: Int?, start: Int) {
    self.kind = kind
    self.isObject = isObject
    self.table = table
    self.start = start
    stage = isObject ? .key : .value
    column = kind == .cells ? 0 : nil
  }
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
