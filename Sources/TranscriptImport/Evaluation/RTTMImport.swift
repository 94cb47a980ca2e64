extension ImportFormat {
  /// Rich Transcription Time Marked, `.rttm`.
  static let rttm = ImportFormat(
    name: "RTTM",
    summary: "who speaks when (NIST), without words",
    content: .text(
      fits: { source in
        let fields = EvaluationFields.first(source, 10)
        return fields.count >= 8 && kinds.contains(fields[0])
      },
      read: { source throws(ImportError) in
        var rows: [ImportedRow] = []
        var recordings: Set<String> = []
        for (line, text) in source.texts where text.hasPrefix("SPEAKER") {
          let fields = EvaluationFields.fields(text, 10)
          guard fields.count >= 8,
            let start = ClockText.milliseconds(seconds: Double(fields[3])),
            let length = ClockText.milliseconds(seconds: Double(fields[4])), length >= 0
          else {
            throw ImportError(
              line: line,
              "is no RTTM turn: SPEAKER FILE CHANNEL START LENGTH … NAME"
            )
          }
          recordings.insert(fields[1])
          rows.append(
            ImportedRow(
              start: max(0, start),
              end: max(0, start) + length,
              speaker: SpeakerToken.name(fields[7]),
              text: ""
            )
          )
        }
        try RecordingName.check(recordings)
        return ImportedTranscript(rows: rows)
      }
    )
  )

  private static let kinds: Set<String> = [
    "SPEAKER", "SPKR-INFO", "SEGMENT", "LEXEME", "NON-SPEECH", "NOSCORE", "NON-LEX", "SU",
  ]
}
