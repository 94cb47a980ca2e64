internal import OrderedJSON

extension ImportFormat {
  /// What Deepgram answers.
  static let deepgram = ImportFormat(
    name: "Deepgram",
    summary: "JSON of Deepgram: utterances, else paragraphs, else words",
    content: .json(
      fits: { json in
        json["results"]?["channels"] != nil || json["results"]?["utterances"] != nil
      },
      read: { json throws(ImportError) in
        let results = json["results"]
        if let utterances = results?["utterances"]?.array, !utterances.isEmpty {
          return try JSONRows.read(
            utterances,
            .init(start: "start", end: "end", speaker: "speaker", text: "transcript")
          )
        }
        var transcript = ImportedTranscript()
        for channel in results?["channels"]?.array ?? [] {
          guard let best = channel["alternatives"]?[0] else { continue }
          transcript.rows += paragraphs(best) ?? words(best)
        }
        transcript.rows.sort { ($0.start ?? 0) < ($1.start ?? 0) }
        transcript.language = results?["channels"]?[0]?["detected_language"]?.string
        return transcript
      }
    )
  )

  private static func paragraphs(_ alternative: JSONValue) -> [ImportedRow]? {
    guard let list = alternative["paragraphs"]?["paragraphs"]?.array, !list.isEmpty else {
      return nil
    }
    return list.flatMap { paragraph -> [ImportedRow] in
      let speaker = JSONRows.speaker(paragraph["speaker"])
      return (paragraph["sentences"]?.array ?? []).compactMap { sentence in
        guard let text = sentence["text"]?.string, !text.isEmpty else { return nil }
        return ImportedRow(
          start: JSONRows.milliseconds(sentence["start"], 1000),
          end: JSONRows.milliseconds(sentence["end"], 1000),
          speaker: speaker,
          text: text
        )
      }
    }
  }

  private static func words(_ alternative: JSONValue) -> [ImportedRow] {
    WordGrouping.rows(
      (alternative["words"]?.array ?? []).compactMap { word in
        let text = word["punctuated_word"]?.string ?? word["word"]?.string
        return text.map {
          TimedWord(
            start: JSONRows.milliseconds(word["start"], 1000),
            end: JSONRows.milliseconds(word["end"], 1000),
            speaker: JSONRows.speaker(word["speaker"]),
            text: $0
          )
        }
      }
    )
  }
}
