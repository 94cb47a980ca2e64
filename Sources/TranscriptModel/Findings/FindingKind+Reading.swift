extension FindingKind {
  // MARK: The spelling of JSON

  static let json: [FindingKind] = [
    .init(
      "comment",
      .note,
      "Comments in the JSON were skipped",
      remedy: "Nothing to do."
    ),
    .init(
      "stray-comma",
      .note,
      "Commas with nothing after them were skipped",
      remedy: "Nothing to do."
    ),
    .init(
      "missing-comma",
      .note,
      "Commas are missing and were assumed",
      remedy: "Nothing to do."
    ),
    .init(
      "odd-quotes",
      .note,
      "Text stands in quotes other than JSON's",
      remedy: "Nothing to do."
    ),
    .init(
      "unquoted",
      .note,
      "Text stands without quotes",
      remedy: "Nothing to do."
    ),
    .init(
      "raw-line-break",
      .note,
      "Line breaks or other control characters are not escaped; they were kept",
      remedy: "Nothing to do."
    ),
    .init(
      "inner-quote",
      .warning,
      "Quotes inside text are not escaped; where the text ends was inferred",
      remedy: "Look at the ends of the texts."
    ),
    .init(
      "missing-quote",
      .warning,
      "A closing quote is missing; where the text ends was inferred",
      remedy: "Look at the ends of the texts."
    ),
    .init(
      "bad-escape",
      .note,
      "Unknown escapes were kept as they are",
      remedy: "Nothing to do."
    ),
    .init(
      "literal-backslash",
      .note,
      "Backslashes that begin a LaTeX command or a path, not an escape, were kept as text",
      remedy: "Nothing to do."
    ),
    .init(
      "foreign-word",
      .note,
      "Words such as None, True or NaN stand where JSON has null and true",
      remedy: "Nothing to do."
    ),
    .init(
      "bracket-mismatch",
      .warning,
      "Brackets do not match; what they close was inferred",
      remedy: "Look at the rows around."
    ),
    .init(
      "malformed",
      .warning,
      "The JSON is malformed; a value or a colon is missing",
      remedy: "Look at the rows around."
    ),
    .init(
      "duplicate-key",
      .warning,
      "A key stands twice in a row; the later value was taken",
      remedy: "Look at the row."
    ),
  ]

  // MARK: The blocks and lines of TSV

  static let tsv: [FindingKind] = [
    .init(
      "tag-renamed",
      .note,
      "A block's tag is spelled otherwise than asked for",
      remedy: "Nothing to do."
    ),
    .init(
      "tag-missing",
      .warning,
      "A table stands without its tags; it was found by its header",
      remedy: "Look whether text beside the table became rows."
    ),
    .init(
      "unclosed-block",
      .warning,
      "A block is not closed; it was ended at the next one",
      remedy: "Look at the last rows of the table."
    ),
    .init(
      "tag-in-text",
      .note,
      "A cell holds text that looks like a block's tag; it was kept as text",
      remedy: "Nothing to do."
    ),
    .init(
      "header-missing",
      .warning,
      "The header line is missing; columns were taken by position",
      remedy: "Look whether the columns hold what they should."
    ),
    .init(
      "header-repeated",
      .note,
      "The header line is repeated; the repetitions were skipped",
      remedy: "Nothing to do."
    ),
    .init(
      "columns-reordered",
      .note,
      "The columns are in another order than asked for",
      remedy: "Nothing to do."
    ),
    .init(
      "markdown-table",
      .warning,
      "The block holds a Markdown table; its bars were taken for tabs",
      remedy: "Look whether a text holds bars of its own."
    ),
    .init(
      "comma-separated",
      .warning,
      "The block holds comma-separated values; they were read as such",
      remedy: "Look whether texts with commas are whole."
    ),
    .init(
      "json-in-tags",
      .warning,
      "The block holds JSON; it was read as such",
      remedy: "Nothing to do; ask for what the model writes with the setting encoding json."
    ),
    .init(
      "space-aligned",
      .warning,
      "Columns are separated by spaces; where they part was inferred",
      remedy: "Look at the ends of the texts."
    ),
    .init(
      "literal-tabs",
      .warning,
      "Tabs or line ends are written as \\t or \\n",
      remedy: "Look at the ends of the texts."
    ),
    .init(
      "escaped-text",
      .note,
      "\\n, \\t or \\r inside cells was read as a line break or tab",
      remedy: "Nothing to do."
    ),
    .init(
      "carriage-returns",
      .note,
      "Lines end in CR LF",
      remedy: "Nothing to do."
    ),
    .init(
      "entity-escaped",
      .note,
      "The whole block is entity-escaped; entities were decoded",
      remedy: "Nothing to do."
    ),
    .init(
      "continuation-line",
      .warning,
      "A row is broken over several lines; they were joined",
      remedy: "Look at the row."
    ),
    .init(
      "unparsed-line",
      .warning,
      "Lines that are no rows were skipped",
      remedy: "Look at the lines."
    ),
  ]

  // MARK: Tables, rows and columns

  static let tables: [FindingKind] = [
    .init(
      "missing-table",
      .error,
      "The reply lacks the table",
      remedy:
        "Resume the run, or ask again with the setting force; the setting passes 2 asks for speakers apart."
    ),
    .init(
      "repeated-table",
      .warning,
      "The table occurs more than once; its rows were joined",
      remedy: "Look where the second part begins."
    ),
    .init(
      "bare-rows",
      .note,
      "Rows stand without their table's name; they were placed by their columns",
      remedy: "Nothing to do."
    ),
    .init(
      "keyed-rows",
      .warning,
      "Rows stand under the value of a column; it was taken as their value",
      remedy: "Look at the voices or times."
    ),
    .init(
      "columnar",
      .warning,
      "The table is written column by column; rows were made by position",
      remedy: "Look whether texts and times belong together."
    ),
    .init(
      "uneven-columns",
      .error,
      "The table is written column by column, and the columns differ in length",
      remedy: "Ask again with the setting force."
    ),
    .init(
      "row-by-position",
      .warning,
      "Rows are arrays; their values were taken by position",
      remedy: "Look whether the columns hold what they should."
    ),
    .init(
      "column-renamed",
      .note,
      "The column is spelled otherwise than asked for",
      remedy: "Nothing to do."
    ),
    .init(
      "column-unknown",
      .warning,
      "Values of columns that were not asked for were left out",
      remedy: "Put the column into the schema if it is wanted."
    ),
    .init(
      "column-missing",
      .error,
      "The column is missing from the header; its cells are empty",
      remedy: "Ask again with the setting force."
    ),
    .init(
      "short-row",
      .warning,
      "Rows have fewer values than columns; the rest is empty",
      remedy: "Look at the rows."
    ),
    .init(
      "surplus-cell",
      .warning,
      "Rows have more cells than columns; the surplus was kept as text",
      remedy: "Look at the rows."
    ),
    .init(
      "bad-row",
      .error,
      "Something that should be a row could not be read as one",
      remedy: "Look at it in the reply, or ask again with the setting force."
    ),
    .init(
      "repeated-row",
      .warning,
      "A row says the same, at the same time, by the same voice, as a row before it",
      remedy: "Listen; take it out with `tabscribe correct apply` if it is said once."
    ),
    .init(
      "impossible-pace",
      .warning,
      "More words than can be said in the time there is",
      remedy: "Listen; the times are off, or something was made up."
    ),
    .init(
      "gap",
      .warning,
      "No row for longer than a minute",
      remedy: "Listen; the setting fillGaps asks for it once more."
    ),
    .init(
      "implausible-density",
      .warning,
      "Far fewer or more words over the whole than people say",
      remedy: "Listen at some places."
    ),
  ]

  // MARK: Cells

  static let cells: [FindingKind] = [
    .init(
      "invalid-utf8",
      .warning,
      "Text is not valid UTF-8; bad bytes became \u{FFFD}",
      remedy: "Listen to the rows."
    ),
    .init(
      "lenient-type",
      .note,
      "Values do not have the column's type as written, but were read as such",
      remedy: "Nothing to do."
    ),
    .init(
      "bad-type",
      .warning,
      "Values do not have the column's type; they were kept as text",
      remedy: "Look at the rows."
    ),
    .init(
      "enum-case",
      .note,
      "Values are spelled in another case than the schema's; they were adjusted",
      remedy: "Nothing to do."
    ),
    .init(
      "bad-enum",
      .warning,
      "Values are not among those the schema allows; they were kept as text",
      remedy: "Look at the rows, or widen the schema."
    ),
    .init(
      "missing-word",
      .note,
      "Words that mean a missing value were read as such",
      remedy: "Nothing to do."
    ),
    .init(
      "limit-exceeded",
      .error,
      "A size limit was exceeded; what lies beyond it was not read",
      remedy: "Ask about shorter clips (the setting shard)."
    ),
  ]
}
