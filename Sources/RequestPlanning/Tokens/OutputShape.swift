internal import PlainText
public import TabularExtraction
internal import TranscriptModel

/// The rows of a transcript that a request gives, as far as the length of its reply goes.
public struct GivenRows: Hashable, Sendable {
  /// How many there are.
  public let count: Int
  /// Their tokens.
  public let tokens: Int
  /// Whether each of them gets an answer with as many words.
  public let isEach: Bool

  /// The rows that a request gives.
  public init(count: Int, tokens: Int, isEach: Bool) {
    (self.count, self.tokens, self.isEach) = (count, tokens, isEach)
  }
}

/// What a reply costs in tokens besides the words spoken: its tables, columns and encoding.
public struct OutputShape: Hashable, Sendable {
  /// The cost of one table, so far as it does not depend on the video.
  struct TableCost: Hashable, Sendable {
    /// How the number of rows grows.
    enum Growth: Hashable, Sendable {
      /// A row for each sentence or so that is spoken.
      case speech
      /// A row now and then.
      case events
      /// A row for each person or thing, whatever the length.
      case list
    }

    let growth: Growth
    /// Tokens of a row, the spoken words left out.
    let tokensPerRow: Int
    /// How often a row repeats the spoken words: 2 with a translation.
    let timesSpoken: Int
    /// Whether a row says the words of the row that it answers in another way.
    let isReworded: Bool
    /// Tokens of the table's frame.
    let frame: Int
  }

  /// How the tables are written.
  public let encoding: ReplyEncoding
  let tables: [TableCost]
  /// The rows that are given, for requests about text instead of media.
  var given: GivenRows?
  /// Whether the reply is every word that is said, in no table.
  var isEveryWord = false
  /// What runs are compared by: the encoding and the tables' columns.
  let signature: Int

  /// The shape of replies to a schema.
  public init(schema: TableSchema, encoding: ReplyEncoding) {
    self.init(tables: schema.tables, encoding: encoding)
  }

  /// The shape of replies with some tables; none is free text of a few hundred tokens.
  public init(tables definitions: [TableDefinition], encoding: ReplyEncoding) {
    self.encoding = encoding
    tables = definitions.map { Self.cost(of: $0, encoding: encoding) }
    var hasher = StableHash()
    hasher.add(part: encoding.rawValue)
    for name in definitions.flatMap({ [$0.property] + $0.header }) { hasher.add(part: name) }
    signature = Int(truncatingIfNeeded: hasher.value)
  }

  private static func cost(of table: TableDefinition, encoding: ReplyEncoding) -> TableCost {
    let roles = table.columns.compactMap(\.column.role)
    let isTimed = roles.contains(.start)
    let isSpeech = isTimed && roles.contains(.text) && roles.contains(.voice)
    let isSpoken = { (role: Column.Role) in role == .text || role == .translation }
    let cells = table.columns.map { column in
      cellTokens(column, isSpeech: isSpeech) + overhead(of: column, encoding: encoding)
    }
    return TableCost(
      growth: isSpeech ? .speech : isTimed ? .events : .list,
      tokensPerRow: cells.reduce(encoding == .json ? 2 : 0, +),
      timesSpoken: isSpeech ? roles.count(where: isSpoken) : 0,
      isReworded: roles.contains(.translation),
      frame: encoding == .json ? 8 : 16 + table.header.count * 2
    )
  }

  /// The tokens of a cell's content; spoken words are counted apart.
  private static func cellTokens(_ column: ColumnDefinition, isSpeech: Bool) -> Int {
    switch column.column.role {
    case .start, .end: 5
    case .text, .translation: isSpeech ? 0 : 10
    case .evidence: 12
    case .name, .company, .position: 3
    default: column.column.type == .string && column.enumValues.isEmpty ? 4 : 2
    }
  }

  /// What a cell costs besides its content: in JSON its key, quotes and comma; in TSV a tab.
  private static func overhead(of column: ColumnDefinition, encoding: ReplyEncoding) -> Int {
    guard encoding == .json else { return 1 }
    let punctuation = column.column.type == .string ? 4 : 3
    return TextTokenEstimator.tokens(in: column.column.name) + punctuation
  }
}
