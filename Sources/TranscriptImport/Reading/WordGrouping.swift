/// A word with its time, as recognisers give them.
struct TimedWord {
  var start: Int?
  var end: Int?
  var speaker = ""
  var text: String
}

/// Makes rows of words.
enum WordGrouping {
  /// A pause that parts two rows, in milliseconds: longer than the breaks between sentences, which
  /// take half a second or so in read speech.
  private static let longestPause = 1000
  /// A row longer than this ends with its sentence, in milliseconds: some lines of captions.
  private static let usualLength = 6000
  /// A row longer than this ends with any word, in milliseconds, where nothing marks sentences.
  private static let greatestLength = 30_000

  /// The rows: one ends where somebody else speaks, with a pause, and when it is long with a sentence.
  static func rows(_ words: [TimedWord]) -> [ImportedRow] {
    var rows: [ImportedRow] = []
    for word in words {
      guard let last = rows.last, !parts(last, word) else {
        rows.append(
          ImportedRow(start: word.start, end: word.end, speaker: word.speaker, text: word.text)
        )
        continue
      }
      rows[rows.count - 1].text += " " + word.text
      if let end = word.end { rows[rows.count - 1].end = max(end, last.end ?? end) }
    }
    return rows
  }

  private static func parts(_ row: ImportedRow, _ word: TimedWord) -> Bool {
    if row.speaker != word.speaker { return true }
    guard let start = word.start, let begin = row.start else { return false }
    if let end = row.end, start - end >= longestPause { return true }
    let length = start - begin
    let endsSentence = row.text.last.map { ".?!…。？！".contains($0) } ?? false
    return length > greatestLength || length > usualLength && endsSentence
  }
}
