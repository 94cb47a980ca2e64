public import TranscriptModel
internal import UnicodeText

/// Which rows of a transcript are written.
public struct RowSelection: Hashable, Sendable {
  /// Only rows of speakers with these labels, without regard to case and accents; all where there are
  /// none.
  public var speakers: [String] = []
  /// Only rows that begin at this time or later.
  public var from: Timecode?
  /// Only rows that begin before this time.
  public var to: Timecode?

  /// Every row.
  public init() {}

  /// Whether nothing is left out.
  public var isEverything: Bool { speakers.isEmpty && from == nil && to == nil }

  /// Whether a row, of a speaker with a label, is written; one without a start is in no stretch.
  func has(_ segment: TranscriptSegment, _ label: String) -> Bool {
    if !speakers.isEmpty {
      let label = SearchFolding.folded(label)
      guard speakers.contains(where: { SearchFolding.folded($0) == label }) else { return false }
    }
    guard from != nil || to != nil else { return true }
    guard let start = segment.start else { return false }
    return from.map { start >= $0 } ?? true && to.map { start < $0 } ?? true
  }
}
