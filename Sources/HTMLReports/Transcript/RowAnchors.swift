internal import TranscriptModel

/// Names each row's place on the page.
///
/// A row is addressed by its start, as media fragments are, so that `#t=12.5` works as a link with
/// scripts off; a start that is missing or taken leaves the row's number.
struct RowAnchors {
  private let starts: [Timecode?]
  private let rowNumbers: [Int]
  private let positionByRow: [Int: Int]
  private let isAddressedByRow: [Bool]

  init(_ segments: [TranscriptSegment]) {
    var taken: Set<Int> = []
    taken.reserveCapacity(segments.count)
    starts = segments.map(\.start)
    rowNumbers = segments.map(\.row)
    isAddressedByRow = segments.map { segment in
      guard let start = segment.start else { return true }
      return !taken.insert(start.milliseconds).inserted
    }
    positionByRow = Dictionary(
      segments.enumerated().map { ($1.row, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The anchor of the segment at a position.
  func anchor(position: Int) -> String {
    if let start = starts[position], !isAddressedByRow[position] {
      return "t=" + PageNumbers.seconds(start)
    }
    return "r\(rowNumbers[position] + 1)"
  }

  /// The anchor of a row of the transcripts table.
  func anchor(row: Int) -> String? { positionByRow[row].map(anchor(position:)) }

  /// The position of the segment made of a row of the transcripts table.
  func position(row: Int) -> Int? { positionByRow[row] }
}
