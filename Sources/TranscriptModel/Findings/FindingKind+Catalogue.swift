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
