internal import TranscriptModel

/// What all checks look at.
struct ValidationInput {
  /// A row of the speakers table.
  struct Description {
    let row: Int
    let voice: Int?
    let name: String?
  }

  let segments: [TranscriptSegment]
  /// The profile of each segment's text.
  let profiles: [TextProfile]
  /// The rows of the speakers table; `nil` when there is no such table.
  let descriptions: [Description]?
  /// The name of the table that segments come from.
  let rowTable: String
  /// The name of the speakers table.
  let speakerTable: String
  /// What was transcribed, in source time; `nil` when its end is not known.
  let stretch: TimeRange?
  /// The stretches of silence; `nil` when nobody listened for them.
  let silences: [TimeRange]?

  /// A reference to the row of a segment, given by the segment's position.
  func row(_ position: Int) -> Finding.Row {
    Finding.Row(table: rowTable, index: segments[position].row)
  }

  func rows(_ positions: some Sequence<Int>) -> [Finding.Row] { positions.map(row) }

  /// How a sentence calls a row: counted from 1, with its time where it has one.
  func name(_ position: Int) -> String {
    let segment = segments[position]
    let time = segment.start.map { " (\($0.renderedExactly))" } ?? ""
    return "row \(segment.row + 1)\(time)"
  }

  /// The beginning of a segment's text, for a sentence.
  func quote(_ position: Int) -> String { Self.quoted(segments[position].text) }

  static func quoted(_ text: String) -> String {
    let start = text.prefix(60)
    return "“\(start)\(start.endIndex < text.endIndex ? "…" : "")”"
  }
}

extension Sequence<Int> {
  /// The numbers as stretches without holes; the sequence rises.
  var stretches: [ClosedRange<Int>] {
    var stretches: [ClosedRange<Int>] = []
    for number in self {
      if let last = stretches.last, last.upperBound == number - 1 {
        stretches[stretches.count - 1] = last.lowerBound...number
      } else {
        stretches.append(number...number)
      }
    }
    return stretches
  }
}

extension String {
  /// The text with a capital first letter, for the start of a sentence.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
