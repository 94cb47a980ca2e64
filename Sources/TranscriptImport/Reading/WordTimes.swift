internal import OrderedJSON
internal import UnicodeText

/// A word of another program, and when it is said.
package struct ImportedWord: Hashable, Sendable {
  /// The word, as the program wrote it.
  package let text: String
  /// When it begins, in milliseconds, `0...`.
  package let startMS: Int
  /// When it ends, in milliseconds, not before it begins.
  package let endMS: Int

  /// A word.
  package init(text: String, startMS: Int, endMS: Int) {
    (self.text, self.startMS, self.endMS) = (text, startMS, endMS)
  }
}

extension TranscriptImporter {
  /// The words of a file with their times, in the order of the times.
  ///
  /// Whisper, WhisperX, Deepgram, AssemblyAI and YouTube's json3 say when each word is spoken. Of other formats, and
  /// of files without words, the words of a row lie evenly in it, by their letters.
  ///
  /// - Throws: ``ImportError`` as ``read(_:charset:)``.
  package static func words(_ bytes: [UInt8]) throws(ImportError) -> [ImportedWord] {
    let stated = WordTimes.stated(bytes)
    let words = try stated.isEmpty ? WordTimes.spread(read(bytes).rows) : stated
    return words.enumerated()
      .sorted { ($0.element.startMS, $0.offset) < ($1.element.startMS, $1.offset) }
      .map(\.element)
  }
}

/// Reads when words are spoken.
private enum WordTimes {
  /// How long the last word of a caption is taken to last, in milliseconds.
  private static let usualLength = 300

  /// The words whose times a file states; none where it states none.
  static func stated(_ bytes: [UInt8]) -> [ImportedWord] {
    guard let json = DecodedText(bytes).flatMap({ try? JSONValue(parsing: $0.bytes) })
    else { return [] }
    if let events = json["events"]?.array { return youTube(events) }
    if let channels = json["results"]?["channels"]?.array {
      return channels.flatMap { words($0["alternatives"]?[0]?["words"], "word", 1000) }
    }
    if let utterances = json["utterances"]?.array {
      return utterances.flatMap { words($0["words"], "text", 1) }
    }
    if let segments = json["segments"]?.array, json["schemaVersion"] == nil {
      return segments.flatMap { words($0["words"], "word", 1000) }
    }
    return words(json["words"], "text", 1)
  }

  /// - Parameter unit: Milliseconds in one unit of time.
  private static func words(_ list: JSONValue?, _ key: String, _ unit: Double) -> [ImportedWord] {
    (list?.array ?? []).compactMap { word in
      guard let text = word[key]?.string.map(JSONRows.trimmed), !text.isEmpty,
        let start = JSONRows.milliseconds(word["start"], unit), start >= 0
      else { return nil }
      let end = JSONRows.milliseconds(word["end"], unit) ?? start + usualLength
      return ImportedWord(text: text, startMS: start, endMS: max(start, end))
    }
  }

  /// A segment may hold several words, and says only when the first begins.
  private static func youTube(_ events: [JSONValue]) -> [ImportedWord] {
    var words: [ImportedWord] = []
    for event in events {
      guard let start = event["tStartMs"]?.int, start >= 0 else { continue }
      let segments = event["segs"]?.array ?? []
      let starts = segments.map { start.asTime + max(0, $0["tOffsetMs"]?.int ?? 0).asTime }
      let last = start.asTime + max(0, event["dDurationMs"]?.int ?? 0).asTime
      for (index, segment) in segments.enumerated() {
        let next = index + 1 < starts.count ? starts[index + 1] : last
        let row = ImportedRow(
          start: starts[index],
          end: max(starts[index], min(next, starts[index] + 2000)),
          text: JSONRows.trimmed(segment["utf8"]?.string ?? "")
        )
        words += spread([row])
      }
    }
    return words
  }

  static func spread(_ rows: [ImportedRow]) -> [ImportedWord] {
    rows.flatMap { row -> [ImportedWord] in
      guard let start = row.start else { return [] }
      let words = row.text.split(whereSeparator: \.isWhitespace)
      let letters = words.reduce(0) { $0 + $1.count }
      let end = row.end ?? start + 70 * (letters + words.count)
      var passed = 0
      return words.map { word in
        let from = start + (end - start) * passed / max(1, letters)
        passed += word.count
        let to = start + (end - start) * passed / max(1, letters)
        return ImportedWord(text: String(word), startMS: from, endMS: max(from, to))
      }
    }
  }
}
