internal import TranscriptModel

/// A block of TSV that has begun and not ended.
struct TSVBlock {
  let table: Int
  /// How its lines are divided; `nil` until its first line has been seen.
  var layout: TSVLayout?
  /// A row whose text goes on in the next line, as it seems.
  var held: Held?
  var entities = EntityCensus()
  /// Where its content begins, when that is JSON: it is read when the block ends.
  var json: Int?
  /// Where a row of CSV begins that has an open quote, and how many lines it has so far.
  var openQuote: (start: Int, lines: Int)?
  /// Where it ends, once that is known.
  var end: Int?

  init(table: Int) { self.table = table }

  /// More lines than a cell of CSV has; then the quote that opens it is taken to be text.
  static let longestQuote = 32

  /// The beginning of a row that was broken inside its text.
  struct Held {
    /// The pieces up to and with the text.
    var pieces: [Range<Int>]
    /// The whole of it.
    var range: Range<Int>
  }
}

/// How the lines of a block are divided into columns.
struct TSVLayout {
  enum Separator {
    case tab
    /// A backslash and a `t`.
    case literal
    /// Runs of spaces.
    case spaces
    /// The bars of a Markdown table.
    case bars
    /// Commas, and quotes around what holds some.
    case commas
    /// As commas, where the comma is the decimal point.
    case semicolons

    /// The byte between the cells of CSV.
    var csv: UInt8? {
      switch self {
      case .commas: ASCII.comma
      case .semicolons: ASCII.semicolon
      case .tab, .literal, .spaces, .bars: nil
      }
    }

    /// What there is to say about it.
    var oddity: Oddity? {
      switch self {
      case .tab: nil
      case .literal: .literalTabs
      case .spaces: .spaceAligned
      case .bars: .markdownTable
      case .commas, .semicolons: .commaSeparated
      }
    }
  }

  var separator = Separator.tab
  /// Whether lines end in a backslash and an `n`, or are divided by them.
  var hasLiteralNewlines = false
  /// For each cell of a line its column; `nil` for one that was not asked for.
  var columns: [Int?]
  /// Whether cells and columns are the same.
  let isIdentity: Bool
  /// The cell that takes surplus text.
  let textCell: Int?

  init(columns: [Int?], shape: TableShape, separator: Separator = .tab) {
    self.columns = columns
    self.separator = separator
    isIdentity = columns.elementsEqual(shape.columns.indices.map { $0 })
    textCell = shape.textColumn.flatMap { column in columns.firstIndex { $0 == column } }
  }

  /// The columns in schema order, as they are taken when there is no header.
  init(_ shape: TableShape, separator: Separator = .tab) {
    self.init(columns: shape.columns.indices.map { $0 }, shape: shape, separator: separator)
  }

  /// Whether the beginning of a line shows that a row begins there; `nil` when it cannot tell.
  func beginsRow(_ first: Range<Int>, _ input: Input, _ shape: TableShape) -> Bool? {
    guard let column = columns[0] else { return nil }
    let text = input.bytes(input.trimmed(first))
    let shape = shape.columns[column]
    if shape.role == .start || shape.role == .end {
      let begin = text.first == ASCII.openBracket ? text.dropFirst().first : text.first
      return begin.map { Input.isDigit($0) || $0 == UInt8(ascii: "?") } ?? true
    }
    guard shape.type != .string else { return nil }
    return CellReading(text, column: shape) != .invalid
  }
}
