internal import OrderedJSON

extension ImportFormat {
  /// What Whisper, faster-whisper and WhisperX write as JSON.
  static let whisper = ImportFormat(
    name: "Whisper",
    summary: "JSON of Whisper and WhisperX: segments with start, end, text and speaker",
    content: .json(
      fits: { json in
        guard let first = json["segments"]?[0] else { return false }
        return first["start"]?.double != nil && first["text"]?.string != nil
          && json["schemaVersion"] == nil
      },
      read: { json throws(ImportError) in
        var transcript = try JSONRows.read(
          json["segments"]?.array,
          .init(start: "start", end: "end", speaker: "speaker", text: "text")
        )
        transcript.language = json["language"]?.string.flatMap(languageTag)
        return transcript
      }
    )
  )

  /// What whisper.cpp writes with `--output-json`.
  static let whisperCpp = ImportFormat(
    name: "whisper.cpp",
    summary: "JSON of whisper.cpp: transcription with offsets in milliseconds",
    content: .json(
      fits: { $0["transcription"]?[0]?["offsets"] != nil },
      read: { json throws(ImportError) in
        var transcript = ImportedTranscript()
        for element in json["transcription"]?.array ?? [] {
          let text = JSONRows.trimmed(element["text"]?.string ?? "")
          guard !text.isEmpty else { continue }
          transcript.rows.append(
            ImportedRow(
              start: JSONRows.milliseconds(element["offsets"]?["from"], 1).map { max(0, $0) },
              end: JSONRows.milliseconds(element["offsets"]?["to"], 1).map { max(0, $0) },
              text: text
            )
          )
        }
        transcript.language = json["result"]?["language"]?.string.flatMap(languageTag)
        return transcript
      }
    )
  )

  /// A tag as `en`; names of languages, which Whisper gives as well, are none.
  static func languageTag(_ text: String) -> String? {
    let parts = text.split(separator: "-")
    let isTag = parts.first.map { (2...3).contains($0.count) && $0.allSatisfy(\.isLetter) } ?? false
    return isTag ? text : nil
  }
}
