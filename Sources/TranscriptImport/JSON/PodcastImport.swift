internal import OrderedJSON

extension ImportFormat {
  /// Podcasting 2.0's transcripts as JSON.
  static let podcast = ImportFormat(
    name: "Podcasting 2.0",
    summary: "JSON of the podcast namespace: segments with startTime, endTime, speaker and body",
    content: .json(
      fits: { $0["segments"]?[0]?["body"] != nil },
      read: { json throws(ImportError) in
        try JSONRows.read(
          json["segments"]?.array,
          .init(start: "startTime", end: "endTime", speaker: "speaker", text: "body")
        )
      }
    )
  )
}
