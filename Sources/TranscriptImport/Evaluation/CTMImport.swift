extension ImportFormat {
  /// Conversation Time Mark, `.ctm`.
  static let ctm = ImportFormat(
    name: "CTM",
    summary: "words with times (NIST): FILE CHANNEL START LENGTH WORD",
    content: .text(
      fits: { source in
        let fields = EvaluationFields.first(source, 6)
        return fields.count >= 5 && Double(fields[2]) != nil && Double(fields[3]) != nil
      },
      read: { source throws(ImportError) in try words(source) }
    )
  )

  private static func words(_ source: SourceText) throws(ImportError) -> ImportedTranscript {
    var words: [TimedWord] = []
    var recordings: Set<String> = []
    // Of words that stand for each other the first are taken.
    var isAlternative = false
    for (line, text) in source.texts where !EvaluationFields.isComment(text) {
      let fields = EvaluationFields.fields(text, 6)
      guard fields.count >= 5 else {
        throw ImportError(line: line, "is no CTM word: FILE CHANNEL START LENGTH WORD")
      }
      recordings.insert(fields[0])
      if fields[4].hasPrefix("<ALT") {
        isAlternative = fields[4] == "<ALT>"
        continue
      }
      guard !isAlternative else { continue }
      guard let start = ClockText.milliseconds(seconds: Double(fields[2])),
        let length = ClockText.milliseconds(seconds: Double(fields[3])), length >= 0, start >= 0
      else { throw ImportError(line: line, "is no CTM word: FILE CHANNEL START LENGTH WORD") }
      words.append(
        TimedWord(start: start, end: start + length, speaker: fields[1], text: fields[4])
      )
    }
    try RecordingName.check(recordings)
    let channels = Set(words.map(\.speaker))
    // Channels are told apart only where there are several.
    for index in words.indices {
      words[index].speaker = channels.count > 1 ? "Channel \(words[index].speaker)" : ""
    }
    words.sort { ($0.start ?? 0) < ($1.start ?? 0) }
    return ImportedTranscript(rows: WordGrouping.rows(words))
  }
}
