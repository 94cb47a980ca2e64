extension ImportFormat {
  /// The Oral History Metadata Synchronizer's records.
  static let ohms = ImportFormat(
    name: "OHMS",
    summary: "records of oral history (OHMS XML): the VTT transcript, or text with its sync points",
    content: .xml(
      roots: ["ROOT"],
      read: { source throws(ImportError) in
        var fields: [String: String] = [:]
        var path: [String] = []
        try source.readEvents { event throws(ImportError) in
          switch event {
          case .start(let name, _): path.append(name)
          case .text(let text):
            // The index has titles and transcripts of its own.
            if path.count == 3, path[1] == "record", let name = path.last {
              fields[name, default: ""] += text
            }
          case .end: _ = path.popLast()
          }
        }
        var transcript = try words(fields)
        transcript.title = fields["title"].map(JSONRows.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        return transcript
      }
    )
  )

  private static func words(_ fields: [String: String]) throws(ImportError) -> ImportedTranscript {
    if let vtt = fields["vtt_transcript"], vtt.contains("-->") {
      let text = vtt.drop(while: \.isWhitespace)
      var reader = CueReader(SourceText(Array(text.utf8)), isWebVTT: true)
      return try reader.transcript()
    }
    return synchronised(fields["transcript"] ?? "", points(fields["sync"] ?? ""))
  }

  /// Times by line, counted from 0: `1:|12(3)|25(7)` says which line each minute falls into.
  private static func points(_ sync: String) -> [Int: Int] {
    let parts = sync.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let interval = Int(parts[0]), (1...60).contains(interval) else {
      return [:]
    }
    var points: [Int: Int] = [0: 0]
    for (index, mark) in parts[1].split(separator: "|").enumerated() {
      guard let line = Int(mark.prefix { $0 != "(" }), line >= 0 else { continue }
      if points[line] == nil { points[line] = (index + 1) * interval * 60_000 }
    }
    return points
  }

  /// A row begins where somebody else speaks, behind an empty line, and at each point in time.
  private static func synchronised(_ text: String, _ points: [Int: Int]) -> ImportedTranscript {
    var transcript = ImportedTranscript()
    var prefix = SpeakerPrefix()
    var isOpen = false
    let source = SourceText(Array(text.utf8))
    for line in source.lines.indices {
      let spoken = source.text(source.trimmed(source.lines[line]))
      guard !spoken.isEmpty else {
        isOpen = false
        continue
      }
      let split = prefix.split(spoken[...])
      if isOpen, split.speaker == nil, points[line] == nil {
        transcript.rows[transcript.rows.count - 1].text += " " + spoken
        continue
      }
      let speaker = split.speaker ?? (isOpen ? transcript.rows.last?.speaker : nil) ?? ""
      transcript.rows.append(
        ImportedRow(start: points[line], speaker: speaker, text: String(split.text))
      )
      isOpen = true
    }
    return transcript
  }
}
