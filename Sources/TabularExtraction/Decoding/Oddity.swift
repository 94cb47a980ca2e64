internal import TranscriptModel

/// What a reader may find odd about a reply; each becomes at most one finding per table and column.
///
/// Raw values are the findings' codes; severities and sentences stand in their catalogue.
enum Oddity: String, CaseIterable {
  // The reply as a whole.
  case otherEncoding = "other-encoding"
  case byteOrderMark = "byte-order-mark"
  case fenced
  case extraText = "extra-text"
  case severalDocuments = "several-documents"
  case wrapped
  case unrelatedJSON = "unrelated-json"
  case textOfJSON = "text-of-json"
  case repeatedDocument = "repeated-document"
  case differingTables = "differing-tables"
  // The spelling of JSON.
  case comment
  case strayComma = "stray-comma"
  case missingComma = "missing-comma"
  case oddQuotes = "odd-quotes"
  case unquoted
  case rawControl = "raw-line-break"
  case innerQuote = "inner-quote"
  case missingQuote = "missing-quote"
  case badEscape = "bad-escape"
  case literalBackslash = "literal-backslash"
  case foreignWord = "foreign-word"
  case bracketMismatch = "bracket-mismatch"
  case malformed
  case duplicateKey = "duplicate-key"
  // The blocks and lines of TSV.
  case tagRenamed = "tag-renamed"
  case tagMissing = "tag-missing"
  case unclosedBlock = "unclosed-block"
  case tagInText = "tag-in-text"
  case headerMissing = "header-missing"
  case headerRepeated = "header-repeated"
  case columnsReordered = "columns-reordered"
  case markdownTable = "markdown-table"
  case commaSeparated = "comma-separated"
  case jsonInTags = "json-in-tags"
  case spaceAligned = "space-aligned"
  case literalTabs = "literal-tabs"
  case escapedText = "escaped-text"
  case carriageReturns = "carriage-returns"
  case entityEscaped = "entity-escaped"
  case continuationLine = "continuation-line"
  case unparsedLine = "unparsed-line"
  // Tables, rows and columns.
  case repeatedTable = "repeated-table"
  case bareRows = "bare-rows"
  case keyedRows = "keyed-rows"
  case columnar
  case unevenColumns = "uneven-columns"
  case rowByPosition = "row-by-position"
  case columnRenamed = "column-renamed"
  case columnUnknown = "column-unknown"
  case columnMissing = "column-missing"
  case shortRow = "short-row"
  case surplusCell = "surplus-cell"
  case badRow = "bad-row"
  // Cells.
  case invalidUTF8 = "invalid-utf8"
  case lenientType = "lenient-type"
  case badType = "bad-type"
  case enumCase = "enum-case"
  case badEnum = "bad-enum"
  case missingWord = "missing-word"
  // What is not there.
  case missingTable = "missing-table"
  case truncated
  case limitExceeded = "limit-exceeded"

  /// The finding's code.
  var code: Finding.Code { Finding.Code(rawValue: rawValue) }

  /// Whether something is missing from the result when this was met.
  var isLoss: Bool { Self.losses.contains(self) }

  private static let losses = Set(allCases.filter { $0.code.defaultSeverity == .error })
}
