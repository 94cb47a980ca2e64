internal import OrderedJSON

extension ImportFormat {
  /// Segment-wise Long-form Speech Transcription annotation, as CHiME has it.
  static let segLST = ImportFormat(
    name: "SegLST",
    summary: "JSON for scoring meetings: session_id, speaker, start_time, end_time, words",
    content: .json(
      fits: { $0[0]?["words"] != nil && $0[0]?["start"] == nil },
      read: { json throws(ImportError) in
        let list = json.array ?? []
        try RecordingName.check(list.map { $0["session_id"]?.string ?? "" })
        var transcript = try JSONRows.read(
          list,
          .init(start: "start_time", end: "end_time", speaker: "speaker", text: "words")
        )
        // It comes from formats of fields as often as not, and names go on as they were there.
        for index in transcript.rows.indices {
          transcript.rows[index].speaker = SpeakerToken.name(transcript.rows[index].speaker)
        }
        return transcript
      }
    )
  )
}
