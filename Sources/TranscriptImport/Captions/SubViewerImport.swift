extension ImportFormat {
  /// SubViewer as YouTube has it, `.sbv`.
  static let subViewer = ImportFormat(
    name: "SBV",
    summary: "captions of YouTube's editor: 0:00:01.000,0:00:03.000 and text",
    content: .text(
      fits: { source in source.first(1).first.map { times($0) != nil } ?? false },
      read: { source throws(ImportError) in
        var collector = RowCollector()
        var payload = CaptionPayload(markup: .none)
        var line = 0
        while line < source.lines.count {
          guard let times = times(source.text(source.trimmed(source.lines[line]))) else {
            if !source.isBlank(line) { collector.note(.stray, line: line) }
            line += 1
            continue
          }
          var end = line + 1
          while end < source.lines.count, !source.isBlank(end) { end += 1 }
          let parts = payload.parts(source.trimmedLines((line + 1)..<end))
          if parts.isEmpty { collector.note(.empty, line: line) }
          for part in parts {
            collector.add(times.start, times.end, part.speaker, part.text, line: line)
          }
          line = end
        }
        return collector.transcript
      }
    )
  )

  private static func times(_ line: String) -> (start: Int, end: Int)? {
    let fields = line.split(separator: ",")
    guard fields.count == 2, fields.allSatisfy({ $0.contains(":") && $0.contains(".") }) else {
      return nil
    }
    let times = fields.compactMap { ClockText.milliseconds(Array($0.utf8)[...]) }
    return times.count == 2 ? (times[0], times[1]) : nil
  }
}
