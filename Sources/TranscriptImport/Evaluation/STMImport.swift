extension ImportFormat {
  /// Segment Time Mark, `.stm`.
  static let stm = ImportFormat(
    name: "STM",
    summary: "references for scoring (NIST): FILE CHANNEL SPEAKER START END WORDS",
    content: .text(
      fits: { source in
        let fields = EvaluationFields.first(source, 6)
        return fields.count >= 5 && Double(fields[3]) != nil && Double(fields[4]) != nil
      },
      read: { source throws(ImportError) in
        var collector = RowCollector()
        var recordings: Set<String> = []
        for (line, text) in source.texts where !EvaluationFields.isComment(text) {
          let fields = EvaluationFields.fields(text, 6)
          guard fields.count >= 5, let start = ClockText.milliseconds(seconds: Double(fields[3])),
            let end = ClockText.milliseconds(seconds: Double(fields[4]))
          else {
            throw ImportError(
              line: line,
              "is no STM segment: FILE CHANNEL SPEAKER START END WORDS"
            )
          }
          var words = fields.count == 6 ? fields[5][...] : ""
          // A label such as <o,f0,male> stands before the words in NIST's own files.
          if words.hasPrefix("<"), let end = words.firstIndex(of: ">") {
            words = words[words.index(after: end)...].drop(while: \.isWhitespace)
          }
          if words == "IGNORE_TIME_SEGMENT_IN_SCORING" { continue }
          recordings.insert(fields[0])
          collector.add(start, end, SpeakerToken.name(fields[2]), String(words), line: line)
        }
        try RecordingName.check(recordings)
        return collector.transcript
      }
    )
  )
}
