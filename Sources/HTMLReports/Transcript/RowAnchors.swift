internal import TranscriptModel

/// Names each row's place on the page.
///
/// A row is addressed by its start, as media fragments are, so that `#t=12.5` works as a link with
/// scripts off; a start that is missing or taken leaves the row's number.
struct RowAnchors {
  private let starts: [Timecode?]
  private let rowNumbers: [Int]
  /// Where rows are; `nil` when they stand at the position of their number.
  private let positionByRow: [Int: Int]?
  private let isAddressedByRow: [Bool]

  init(_ segments: [TranscriptSegment]) {
    starts = segments.map(\.start)
    isAddressedByRow = Self.isAddressedByRow(segments)
    rowNumbers = segments.map(\.row)
    let isInOrder = rowNumbers.enumerated().allSatisfy { $0 == $1 }
    positionByRow =
      isInOrder
      ? nil
      : Dictionary(
        rowNumbers.enumerated().map { ($1, $0) },
        uniquingKeysWith: { first, _ in first }
      )
  }

  private static func isAddressedByRow(_ segments: [TranscriptSegment]) -> [Bool] {
    var taken: Set<Int> = []
    taken.reserveCapacity(segments.count)
    return segments.map { segment in
      guard let start = segment.start else { return true }
      return !taken.insert(start.milliseconds).inserted
    }
  }

  /// The anchor of the segment at a position.
  ///
  /// - Parameter moment: Its start as an anchor, for whoever has it already.
  func anchor(position: Int, moment: String? = nil) -> String {
    if let start = starts[position], !isAddressedByRow[position] {
      return moment ?? "t=" + PageNumbers.seconds(start)
    }
    return "r\(rowNumbers[position] + 1)"
  }

  /// The anchor of a row of the transcripts table.
  func anchor(row: Int) -> String? { position(row: row).map { anchor(position: $0) } }

  /// The position of the segment made of a row of the transcripts table.
  func position(row: Int) -> Int? {
    guard let positionByRow else { return starts.indices.contains(row) ? row : nil }
    return positionByRow[row]
  }
}
