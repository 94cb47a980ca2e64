internal import OrderedJSON

extension ImportFormat {
  /// YouTube's captions as `json3`.
  static let youTube = ImportFormat(
    name: "YouTube json3",
    summary: "captions of YouTube as JSON: events with segments",
    content: .json(
      fits: { json in
        guard let events = json["events"]?.array else { return false }
        return json["wireMagic"] != nil || events.contains { $0["segs"] != nil }
      },
      read: { json throws(ImportError) in
        var rows: [ImportedRow] = []
        for event in json["events"]?.array ?? [] {
          let text = (event["segs"]?.array ?? []).compactMap { $0["utf8"]?.string }.joined()
          let spoken = JSONRows.trimmed(text)
          guard !spoken.isEmpty, let start = event["tStartMs"]?.int, start >= 0 else { continue }
          let length = event["dDurationMs"]?.int.flatMap { $0 >= 0 ? $0.asTime : nil }
          rows.append(
            ImportedRow(start: start.asTime, end: length.map { start.asTime + $0 }, text: spoken)
          )
        }
        return RollingTimes.cut(rows).spokenBy()
      }
    )
  )
}

extension Int {
  /// A number of milliseconds from outside that sums stay numbers with.
  var asTime: Int { Swift.min(self, 1 << 40) }
}

/// Captions that stay on the screen while the next roll in: a row ends where the next begins.
enum RollingTimes {
  static func cut(_ rows: [ImportedRow]) -> [ImportedRow] {
    var rows = rows
    for index in rows.indices.dropLast() {
      guard let next = rows[index + 1].start, let start = rows[index].start, next >= start else {
        continue
      }
      if let end = rows[index].end, end > next { rows[index].end = next }
    }
    return rows
  }
}

extension [ImportedRow] {
  /// The rows with the speakers that stand in front of their texts.
  func spokenBy() -> ImportedTranscript {
    var prefix = SpeakerPrefix()
    return ImportedTranscript(
      rows: map { row in
        var row = row
        let split = prefix.split(row.text[...])
        row.speaker = split.speaker ?? row.speaker
        if split.speaker != nil || split.isTurn { row.text = String(split.text) }
        return row
      }
    )
  }
}
