internal import OrderedJSON

extension ImportFormat {
  /// What AssemblyAI answers.
  static let assemblyAI = ImportFormat(
    name: "AssemblyAI",
    summary: "JSON of AssemblyAI: utterances, or words, with times in milliseconds",
    content: .json(
      fits: { json in
        json["utterances"]?[0]?["words"] != nil || json["utterances"]?[0]?["confidence"] != nil
          || json["words"]?[0]?["text"] != nil && json["words"]?[0]?["start"]?.int != nil
      },
      read: { json throws(ImportError) in
        var transcript: ImportedTranscript
        if let utterances = json["utterances"]?.array, !utterances.isEmpty {
          transcript = try JSONRows.read(
            utterances,
            .init(start: "start", end: "end", speaker: "speaker", text: "text", unit: 1)
          )
        } else {
          transcript = ImportedTranscript(
            rows: WordGrouping.rows(
              (json["words"]?.array ?? []).compactMap { word in
                word["text"]?.string.map {
                  TimedWord(
                    start: JSONRows.milliseconds(word["start"], 1),
                    end: JSONRows.milliseconds(word["end"], 1),
                    speaker: JSONRows.speaker(word["speaker"]),
                    text: $0
                  )
                }
              }
            )
          )
        }
        for index in transcript.rows.indices where transcript.rows[index].speaker.count == 1 {
          transcript.rows[index].speaker = "Speaker \(transcript.rows[index].speaker)"
        }
        transcript.language = json["language_code"]?.string?.replacing("_", with: "-")
        return transcript
      }
    )
  )
}
