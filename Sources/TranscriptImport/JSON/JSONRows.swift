internal import OrderedJSON

/// Reads rows of lists of objects.
struct JSONRows {
  /// The members that a row is read of.
  struct Keys {
    var start: String
    var end: String
    var speaker: String
    var text: String
    /// Milliseconds in one unit of time.
    var unit = 1000.0
  }

  /// The rows; an element without a text is left out and counted.
  static func read(
    _ list: [JSONValue]?,
    _ keys: Keys
  ) throws(ImportError) -> ImportedTranscript {
    var rows: [ImportedRow] = []
    var emptyCount = 0
    for element in list ?? [] {
      guard let text = element[keys.text]?.string else {
        emptyCount += 1
        continue
      }
      let spoken = trimmed(text)
      guard !spoken.isEmpty else {
        emptyCount += 1
        continue
      }
      let start = milliseconds(element[keys.start], keys.unit).map { max(0, $0) }
      let end = milliseconds(element[keys.end], keys.unit)
      rows.append(
        ImportedRow(
          start: start,
          end: end.flatMap { $0 >= start ?? 0 ? $0 : nil },
          speaker: speaker(element[keys.speaker]),
          text: spoken
        )
      )
    }
    var transcript = ImportedTranscript(rows: rows)
    if emptyCount > 0 {
      transcript.notes = [
        emptyCount == 1
          ? "1 row without text is left out" : "\(emptyCount) rows without text are left out"
      ]
    }
    return transcript
  }

  /// A time as a number, or as text.
  static func milliseconds(_ value: JSONValue?, _ unit: Double) -> Int? {
    if let number = value?.double {
      return ClockText.milliseconds(seconds: number * unit / 1000)
    }
    guard let text = value?.string else { return nil }
    if let number = Double(text) { return ClockText.milliseconds(seconds: number * unit / 1000) }
    return ClockText.milliseconds(text)
  }

  /// A speaker as text or number.
  static func speaker(_ value: JSONValue?) -> String {
    if let text = value?.string { return text }
    return value?.int.map { "Speaker \($0)" } ?? ""
  }

  static func trimmed(_ text: String) -> String {
    var text = text
    if text.withUTF8(isTrimmed) { return text }
    return trimmedSlowly(text)
  }

  /// Whether a text certainly has no blank at its ends and no line break: most have none.
  private static func isTrimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    guard (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) else { return false }
    // U+0085, U+2028 and U+2029 begin with the two others.
    return !bytes.contains { $0 < 0x20 || $0 == 0xC2 || $0 == 0xE2 }
  }

  private static func trimmedSlowly(_ text: String) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.contains(where: \.isNewline)
      ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : String(text)
  }
}
