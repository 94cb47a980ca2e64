/// Collects rows, mends their times, and counts what was mended and what was left out.
struct RowCollector {
  private(set) var rows: [ImportedRow] = []
  private var counts: [Note: (count: Int, line: Int)] = [:]

  /// What may be told of rows.
  enum Note: CaseIterable {
    case empty, negative, reversed, stray

    /// A sentence without a full stop about a number of them.
    func sentence(_ count: Int, firstLine: Int) -> String {
      let place = "the first in line \(firstLine + 1)"
      switch self {
      case .empty:
        return (count == 1 ? "1 cue without text is" : "\(count) cues without text are")
          + " left out, \(place)"
      case .negative:
        return (count == 1 ? "1 time before the start is" : "\(count) times before the start are")
          + " taken for the start, \(place)"
      case .reversed:
        return (count == 1 ? "1 end before its start is" : "\(count) ends before their starts are")
          + " left out, \(place)"
      case .stray:
        return (count == 1 ? "1 line that belongs" : "\(count) lines that belong")
          + " to no cue \(count == 1 ? "is" : "are") left out, \(place)"
      }
    }
  }

  mutating func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Notes that something in a line, counted from 0, was left out or mended.
  mutating func note(_ note: Note, line: Int) {
    counts[note, default: (0, line)].count += 1
  }

  /// Adds a row that may lie before the start or end before it begins.
  mutating func add(
    _ start: Int?,
    _ end: Int?,
    _ speaker: String,
    _ text: String,
    line: Int
  ) {
    var start = start
    var end = end
    if let time = start, time < 0 {
      note(.negative, line: line)
      start = 0
    }
    if let time = end, time < start ?? 0 {
      note(.reversed, line: line)
      end = nil
    }
    rows.append(ImportedRow(start: start, end: end, speaker: speaker, text: text))
  }

  /// The rows as a transcript.
  var transcript: ImportedTranscript {
    var transcript = ImportedTranscript(rows: rows)
    transcript.notes = Note.allCases.compactMap { note in
      counts[note].map { note.sentence($0.count, firstLine: $0.line) }
    }
    return transcript
  }
}
