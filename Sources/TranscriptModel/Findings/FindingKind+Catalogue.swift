extension FindingKind {
  /// All findings there are.
  ///
  /// A new one is one row here; the place that makes it names the code.
  public static let catalogue: [FindingKind] =
    reply + json + tsv + tables + cells + times + sound + voices + request + recipes

  // MARK: The reply as a whole

  private static let reply: [FindingKind] = [
    .init(
      "truncated",
      .error,
      "The reply ends before it is complete; the rows it has are kept",
      remedy: "Run `tabscribe runs resume` to ask for the rest."
    ),
    .init(
      "blocked",
      .error,
      "The service refused to answer, or stopped answering, for reasons of content",
      remedy: "Try another model, or a clip without the place in question."
    ),
    .init(
      "looped",
      .error,
      "The reply repeats itself instead of going on; what follows the loop is missing",
      remedy: "Resume the run; shorter clips (the setting shard) loop less."
    ),
    .init(
      "no-rows",
      .error,
      "No row came, so there is nothing to read",
      remedy:
        "Listen to the place; if something is said, ask again with the setting force, another model or a shorter clip."
    ),
    .init(
      "no-times",
      .error,
      "No row has a time, so nothing can be found in the video",
      remedy: "Ask again with the setting force or another prompt; the rows are kept."
    ),
    .init(
      "other-encoding",
      .warning,
      "The reply has the other encoding than was asked for",
      remedy: "Nothing is lost; ask for the one the model writes with the setting encoding."
    ),
    .init(
      "byte-order-mark",
      .note,
      "The reply begins with a byte order mark, which was skipped",
      remedy: "Nothing to do."
    ),
    .init(
      "fenced",
      .note,
      "The reply stands in a code fence, which was skipped",
      remedy: "Nothing to do."
    ),
    .init(
      "extra-text",
      .note,
      "The reply has text beside its tables, which was skipped",
      remedy: "Look at the text; a prompt that asks for talk gets it."
    ),
    .init(
      "several-documents",
      .note,
      "The reply has several JSON documents",
      remedy: "Nothing to do."
    ),
    .init(
      "wrapped",
      .note,
      "The tables stand inside another object or array",
      remedy: "Nothing to do."
    ),
    .init(
      "unrelated-json",
      .warning,
      "JSON that holds no table and is no row was left out",
      remedy: "Look at it; a table that was not asked for belongs into the schema."
    ),
    .init(
      "text-of-json",
      .warning,
      "JSON stands as text inside a string; it was decoded once more",
      remedy: "Nothing to do."
    ),
    .init(
      "repeated-document",
      .note,
      "The reply says a table again in the same words; it was taken once",
      remedy: "Nothing to do."
    ),
    .init(
      "differing-tables",
      .error,
      "The reply says its tables more than once, and not alike; the fuller ones were kept",
      remedy:
        "Compare the tellings in the reply (`tabscribe runs show`), or ask again with the setting force."
    ),
  ]

  // MARK: The spelling of JSON

  private static let json: [FindingKind] = [
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

  private static let tsv: [FindingKind] = [
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

  private static let tables: [FindingKind] = [
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

  private static let cells: [FindingKind] = [
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

  // MARK: Times

  private static let times: [FindingKind] = [
    .init(
      "time-reversed",
      .warning,
      "A row starts before the row above it, or ends before it starts",
      remedy: "Listen to the rows."
    ),
    .init(
      "time-outside-clip",
      .warning,
      "A row lies outside the part of the media that was sent",
      remedy: "Look whether times count from the clip: the setting timebase clip."
    ),
    .init(
      "time-ambiguous",
      .note,
      "Times can be read in more than one way; the one that fits was taken",
      remedy: "Listen at one of the rows."
    ),
    .init(
      "timebase-shifted",
      .note,
      "Times counted from the start of the clip, and were moved to count from the source's",
      remedy: "Listen at one of the rows; the setting timebase source leaves them."
    ),
    .init(
      "time-range",
      .note,
      "A start was written as a range of time",
      remedy: "Nothing to do."
    ),
    .init(
      "time-spelling",
      .note,
      "A time is written in a way that was not asked for",
      remedy: "Nothing to do."
    ),
    .init(
      "time-unreadable",
      .error,
      "A cell that should be a time cannot be read as one",
      remedy: "Set the time with `tabscribe correct apply`."
    ),
  ]

  // MARK: The sound

  private static let sound: [FindingKind] = [
    .init(
      "time-drift",
      .warning,
      "Times are off by more than a second, run away from the sound or jump",
      remedy: "Run `tabscribe check-time` for the sizes."
    ),
    .init(
      "row-in-silence",
      .warning,
      "A row stands where nobody speaks",
      remedy: "Listen; take it out with `tabscribe correct apply` if nobody says it."
    ),
    .init(
      "words-disagree",
      .warning,
      "Another tool's words put rows more than a second from where the sound has them",
      remedy:
        "Listen at one of the rows; `tabscribe align` goes by the sound where no other transcript is given."
    ),
    .init(
      "time-unchecked",
      .note,
      "The times were not held against the sound",
      remedy:
        "Install ffmpeg, or look whether the file plays; `tabscribe check-time` does it later."
    ),
    .init(
      "speech-untranscribed",
      .warning,
      "Somebody speaks, or something sounds like it, where no row is",
      remedy: "Listen; the setting fillGaps asks for long stretches once more."
    ),
  ]

  // MARK: Voices and names

  private static let voices: [FindingKind] = [
    .init(
      "unknown-voice",
      .error,
      "A row has a voice that the speakers table does not describe",
      remedy: "The setting passes 2 asks for speakers apart; or name the voice in the report."
    ),
    .init(
      "unused-speaker",
      .note,
      "The speakers table describes a voice that no row has",
      remedy: "Nothing to do."
    ),
    .init(
      "duplicate-speaker",
      .warning,
      "The speakers table has a voice twice, or one name for two voices",
      remedy: "Listen whether they are one person."
    ),
    .init(
      "name-spelled-two-ways",
      .warning,
      "A name is spelled in two ways",
      remedy: "Look it up; the setting ledger keeps the right spelling."
    ),
    .init(
      "voice-match-doubtful",
      .warning,
      "Whether voices of two clips are one person is doubtful",
      remedy: "Listen; `tabscribe runs voices` joins or parts them."
    ),
    .init(
      "speaker-conflict",
      .warning,
      "Clips say different things about one speaker",
      remedy: "Look it up, and correct the speaker in the report."
    ),
  ]

  // MARK: The request

  private static let request: [FindingKind] = [
    .init(
      "knob-ignored",
      .warning,
      "Token counts contradict the frame rate, clip or resolution that was asked for",
      remedy: "See what the model takes with `tabscribe models show`."
    ),
    .init(
      "cache-miss-unexpected",
      .warning,
      "A prefix that should have come from the cache was billed in full",
      remedy: "The setting cache always makes a cache that is certain."
    ),
    .init(
      "estimate-off",
      .note,
      "The bill is far from the estimate",
      remedy: "Estimates learn from finished runs."
    ),
    .init(
      "other-model",
      .warning,
      "Another model answered than was asked",
      remedy:
        "Name the model that answers with the setting model; tabscribe models list shows endings."
    ),
    .init(
      "other-tier",
      .warning,
      "Served at another tier than was asked for",
      remedy: "Nothing is missing; the cost is at the prices of the tier that served."
    ),
    .init(
      "bad-usage",
      .warning,
      "The service's token counts cannot be right",
      remedy: "Look up what the request cost with the service."
    ),
    .init(
      "lost-character",
      .warning,
      "A character of the reply arrived broken",
      remedy: "Look for the mark of a lost character in the rows, and correct it."
    ),
  ]
}
