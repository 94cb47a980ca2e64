internal import TranscriptModel

/// What a reader may find odd about a reply; each becomes at most one finding per table and column.
enum Oddity: Int, CaseIterable {
  // The reply as a whole.
  case otherEncoding, byteOrderMark, fenced, extraText, severalDocuments, wrapped
  case unrelatedJSON, textOfJSON, repeatedDocument, differingTables
  // The spelling of JSON.
  case comment, strayComma, missingComma, oddQuotes, unquoted, rawControl, innerQuote, missingQuote
  case badEscape, literalBackslash, foreignWord, bracketMismatch, malformed, duplicateKey
  // The blocks and lines of TSV.
  case tagRenamed, tagMissing, unclosedBlock, tagInText, headerMissing, headerRepeated
  case columnsReordered, spaceAligned, literalTabs, escapedText, carriageReturns, entityEscaped
  case continuationLine, unparsedLine
  // Tables, rows and columns.
  case repeatedTable, bareRows, keyedRows, columnar, unevenColumns, rowByPosition
  case columnRenamed, columnUnknown, columnMissing
  case shortRow, surplusCell, badRow
  // Cells.
  case invalidUTF8, lenientType, badType, enumCase, badEnum, missingWord
  // What is not there.
  case missingTable, truncated, limitExceeded

  /// The finding's code; a lenient reading shares the code of the refusal, as a note.
  var code: Finding.Code {
    switch self {
    case .otherEncoding: "other-encoding"
    case .byteOrderMark: "byte-order-mark"
    case .fenced: "fenced"
    case .extraText: "extra-text"
    case .severalDocuments: "several-documents"
    case .wrapped: "wrapped"
    case .unrelatedJSON: "unrelated-json"
    case .textOfJSON: "text-of-json"
    case .repeatedDocument: "repeated-document"
    case .differingTables: "differing-tables"
    case .comment: "comment"
    case .strayComma: "stray-comma"
    case .missingComma: "missing-comma"
    case .oddQuotes: "odd-quotes"
    case .unquoted: "unquoted"
    case .rawControl: "raw-line-break"
    case .innerQuote: "inner-quote"
    case .missingQuote: "missing-quote"
    case .badEscape: "bad-escape"
    case .literalBackslash: "literal-backslash"
    case .foreignWord: "foreign-word"
    case .bracketMismatch: "bracket-mismatch"
    case .malformed: "malformed"
    case .duplicateKey: "duplicate-key"
    case .tagRenamed: "tag-renamed"
    case .tagMissing: "tag-missing"
    case .unclosedBlock: "unclosed-block"
    case .tagInText: "tag-in-text"
    case .headerMissing: "header-missing"
    case .headerRepeated: "header-repeated"
    case .columnsReordered: "columns-reordered"
    case .spaceAligned: "space-aligned"
    case .literalTabs: "literal-tabs"
    case .escapedText: "escaped-text"
    case .carriageReturns: "carriage-returns"
    case .entityEscaped: "entity-escaped"
    case .continuationLine: "continuation-line"
    case .unparsedLine: "unparsed-line"
    case .repeatedTable: "repeated-table"
    case .bareRows: "bare-rows"
    case .keyedRows: "keyed-rows"
    case .columnar: "columnar"
    case .unevenColumns: "uneven-columns"
    case .rowByPosition: "row-by-position"
    case .columnRenamed: "column-renamed"
    case .columnUnknown: "column-unknown"
    case .columnMissing: "column-missing"
    case .shortRow: "short-row"
    case .surplusCell: "surplus-cell"
    case .badRow: "bad-row"
    case .invalidUTF8: "invalid-utf8"
    case .lenientType, .badType: "bad-type"
    case .enumCase, .badEnum: "bad-enum"
    case .missingWord: "missing-word"
    case .missingTable: "missing-table"
    case .truncated: "truncated"
    case .limitExceeded: "limit-exceeded"
    }
  }

  var severity: Finding.Severity {
    switch self {
    case .badRow, .columnMissing, .differingTables, .unevenColumns, .missingTable, .truncated,
      .limitExceeded:
      .error
    case .otherEncoding, .innerQuote, .missingQuote, .bracketMismatch, .malformed, .duplicateKey,
      .tagMissing, .unclosedBlock, .headerMissing, .spaceAligned, .literalTabs,
      .continuationLine, .unparsedLine, .repeatedTable, .unrelatedJSON, .textOfJSON, .keyedRows,
      .columnar, .rowByPosition, .columnUnknown, .shortRow,
      .surplusCell, .invalidUTF8, .badType, .badEnum:
      .warning
    default: .note
    }
  }

  /// Whether something is missing from the result when this was met.
  var isLoss: Bool { severity == .error }
}
