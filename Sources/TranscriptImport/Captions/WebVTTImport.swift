extension ImportFormat {
  /// WebVTT, `.vtt`, with the rolling captions of YouTube made into rows.
  static let webVTT = ImportFormat(
    name: "VTT",
    summary: "captions of the web (WebVTT), also YouTube's; speakers as in SRT",
    content: .text(
      fits: { source in
        guard let first = source.lines.first else { return false }
        return source.hasPrefix("WEBVTT", first)
      },
      read: { source throws(ImportError) in
        var reader = CueReader(source, isWebVTT: true)
        var transcript = try reader.transcript()
        for line in source.first(6) where line.hasPrefix("Language:") {
          transcript.language = String(line.dropFirst(9).drop(while: \.isWhitespace))
        }
        if isRolling(source) { transcript.rows = RollingCaptions.rows(transcript.rows) }
        return transcript
      }
    )
  )

  /// Whether captions roll up as YouTube's do: it says what kind they are, and marks each word.
  private static func isRolling(_ source: SourceText) -> Bool {
    source.first(6).contains("Kind: captions")
      && source.first(40).contains { $0.contains("<c>") }
  }
}

/// Captions that show a line again while the next is being said.
enum RollingCaptions {
  /// The rows without what they repeat of the one before.
  static func rows(_ rows: [ImportedRow]) -> [ImportedRow] {
    var result: [ImportedRow] = []
    var shown = ""
    for row in rows {
      var text = row.text
      if text == shown || shown.hasSuffix(" " + text) {
        // The line stands for a moment alone: it lasts as long as it is shown.
        if !result.isEmpty, let end = row.end { result[result.count - 1].end = end }
        continue
      }
      if let last = result.last?.text, text.hasPrefix(last + " ") {
        text = String(text.dropFirst(last.count + 1))
      }
      shown = row.text
      var row = row
      row.text = text
      result.append(row)
    }
    return result
  }
}
