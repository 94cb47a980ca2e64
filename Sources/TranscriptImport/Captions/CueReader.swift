internal import PlainText

/// Reads cues: a line with two times and an arrow, then lines of text.
///
/// What stands between the text of a cue and the next line with times is the number or name of the
/// next cue, when it is the last line; in SubRip anything else there is text, also behind an empty
/// line, since programs leave such lines inside captions.
struct CueReader {
  private let source: SourceText
  private let isWebVTT: Bool
  private var payload: CaptionPayload
  private var collector = RowCollector()

  init(_ source: SourceText, isWebVTT: Bool) {
    self.source = source
    self.isWebVTT = isWebVTT
    payload = CaptionPayload(markup: isWebVTT ? .webVTT : .subRip)
  }

  /// The rows, with what was left out.
  mutating func transcript() throws(ImportError) -> ImportedTranscript {
    collector.reserve(source.lines.count / 4)
    var line = 0
    while line < source.lines.count {
      if let arrow = arrow(in: line) {
        line = try cue(at: line, arrow)
      } else {
        line = isWebVTT ? skipBlock(line) : line + 1
      }
    }
    return collector.transcript
  }

  /// The position of `-->` in a line.
  private func arrow(in line: Int) -> Int? {
    let range = source.lines[line]
    guard range.count >= 5 else { return nil }
    return source.bytes.withUnsafeBufferPointer { bytes in
      let line = UnsafeBufferPointer(rebasing: bytes[..<range.upperBound])
      var index = range.lowerBound + 2
      while true {
        index = ByteScan.next(in: line, from: index) { EightBytes.equal($0, 0x3E) }
        guard index < line.count else { return nil }
        if line[index - 1] == 0x2D, line[index - 2] == 0x2D { return index - 2 }
        index += 1
      }
    }
  }

  /// A block of WebVTT that is no cue: a comment, styles, regions, or the name of a cue.
  private mutating func skipBlock(_ line: Int) -> Int {
    let range = source.lines[line]
    let isBlock =
      line == 0 || source.hasPrefix("NOTE", range) || source.hasPrefix("STYLE", range)
      || source.hasPrefix("REGION", range)
    guard isBlock else { return line + 1 }
    var next = line + 1
    while next < source.lines.count, !source.lines[next].isEmpty, arrow(in: next) == nil {
      next += 1
    }
    return next
  }

  private mutating func cue(at line: Int, _ arrow: Int) throws(ImportError) -> Int {
    let times = times(source.lines[line], arrow)
    guard let times else { throw ImportError(line: line, "has no times that can be read") }
    var end = line + 1
    while end < source.lines.count, self.arrow(in: end) == nil {
      if isWebVTT, source.lines[end].isEmpty { break }
      end += 1
    }
    let next = end
    if !isWebVTT { end = textEnd(line + 1, end) }
    let parts = payload.parts(source.trimmedLines((line + 1)..<end))
    if parts.isEmpty { collector.note(.empty, line: line) }
    for part in parts { collector.add(times.start, times.end, part.speaker, part.text, line: line) }
    return next
  }

  /// Where the text of a cue of SubRip ends: before the number of the next one, when there is one.
  private func textEnd(_ start: Int, _ end: Int) -> Int {
    guard end < source.lines.count, end > start else { return end }
    let last = source.trimmed(source.lines[end - 1])
    let isNumber = !last.isEmpty && source.bytes[last].allSatisfy { $0 &- 0x30 < 10 }
    return isNumber ? end - 1 : end
  }

  private func times(_ range: Range<Int>, _ arrow: Int) -> (start: Int, end: Int)? {
    let before = source.trimmed(range.lowerBound..<arrow)
    let after = source.trimmed((arrow + 3)..<range.upperBound)
    // Settings of WebVTT and coordinates of SubRip follow the end.
    let end = source.bytes[after].prefix { !SourceText.isBlank($0) }
    guard let start = ClockText.milliseconds(source.bytes[before]),
      let end = ClockText.milliseconds(end)
    else { return nil }
    return (start, end)
  }
}
