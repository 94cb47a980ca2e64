/// What a column of a request's own schema is about, found by its name.
enum ColumnMeaning: Sendable {
  case start, end, duration, text, voice, name, company, position, role, type, language
  case confidence, row, other

  private static let words: [(ColumnMeaning, [String])] = [
    (.start, ["start", "starttime", "timecode", "timestamp", "time", "begin", "from", "t"]),
    (.end, ["end", "endtime", "stop", "to"]),
    (.duration, ["duration", "length"]),
    (
      .text,
      ["text", "transcript", "utterance", "caption", "speech", "verbatim", "content", "line"]
    ),
    (
      .voice, ["voice", "asid", "voiceid", "speakerid", "sourceid", "audiosource", "speakernumber"]
    ),
    (.name, ["name", "fullname", "speakername", "speaker", "who"]),
    (.company, ["company", "organization", "organisation", "affiliation", "employer"]),
    (.position, ["position", "title", "job", "jobtitle", "occupation"]),
    (.role, ["role", "function", "part"]),
    (.type, ["type", "kind", "category", "sourcetype"]),
    (.language, ["language", "lang", "locale"]),
    (.confidence, ["confidence", "certainty", "score", "probability"]),
    (.row, ["row", "rowid", "index", "id", "number", "segment"]),
  ]

  /// The meaning of a column's name; the whole name first, then a word at its start or end.
  init(column: String) {
    let name = column.lowercased().filter { $0.isLetter }
    let exact = Self.words.first { $0.1.contains(name) }
    let near = Self.words.first { _, words in
      words.contains { $0.count > 3 && (name.hasPrefix($0) || name.hasSuffix($0)) }
    }
    self = (exact ?? near)?.0 ?? .other
  }
}
