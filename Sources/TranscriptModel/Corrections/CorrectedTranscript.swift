/// A transcript as people corrected it, with what the machine had said.
public struct CorrectedTranscript: Sendable {
  /// A row that people changed or checked.
  public struct Row: Hashable, Sendable {
    /// The row as the machine had it, when its text or voice is another now.
    public let machine: TranscriptSegment?
    /// Whether a person compared the row with the recording.
    public let isChecked: Bool
  }

  /// A correction whose row has another number than when it was made.
  public struct Move: Hashable, Sendable {
    /// The correction.
    public let id: String
    /// The row it was made on.
    public let row: Int
    /// The row it was applied to.
    public let newRow: Int
  }

  /// A row of the machine that is not there any more: deleted, or taken in by the one before.
  public struct RemovedRow: Hashable, Sendable {
    /// Where it stood among the machine's rows, from 0.
    public let position: Int
    /// The row.
    public let segment: TranscriptSegment
  }

  /// The rows and speakers as they are now; rows keep their numbers, and their order among each other.
  ///
  /// A voice made by a split stands behind the others; one merged into another is gone.
  public package(set) var transcript: Transcript
  /// What the recording is called; `nil` where nobody has said so.
  public internal(set) var title: String?
  /// What people changed or checked, by `TranscriptSegment.row`.
  public internal(set) var rows: [Int: Row] = [:]
  /// The rows whose times the sound or people have set, as the machine had them or as they were added, by
  /// `TranscriptSegment.row`.
  public internal(set) var retimed: [Int: TranscriptSegment] = [:]
  /// Whether the sound has told when rows are spoken.
  public internal(set) var isTimedBySound = false
  /// The rows that people added, by `TranscriptSegment.row`.
  public internal(set) var added: Set<Int> = []
  /// The machine's rows that are not there any more, in order.
  public internal(set) var removed: [RemovedRow] = []
  /// When the words of rows are spoken, by `TranscriptSegment.row`; only where the sound has told.
  ///
  /// As many as blanks separate, one after the other.
  public package(set) var wordTimes: [Int: [WordTime]] = [:]
  /// What is not to go out, with the numbers that its rows have now.
  public internal(set) var restrictions: [Correction.Restriction] = []
  /// The corrections that were not applied, in order.
  public internal(set) var problems: [CorrectionProblem] = []
  /// The corrections that were applied to a row of another number, in order.
  public internal(set) var moves: [Move] = []

  /// This with only some of its rows.
  public func filter(_ isWanted: (TranscriptSegment) -> Bool) -> CorrectedTranscript {
    var kept = self
    kept.transcript.segments.removeAll { !isWanted($0) }
    return kept
  }

  /// The number of rows that a person checked.
  public var checkedRowCount: Int { rows.values.count(where: \.isChecked) }

  /// The number of rows whose text or voice people changed, that they added, or took away.
  public var changedRowCount: Int {
    let changed = rows.count { !added.contains($0.key) && $0.value.machine != nil }
    return changed + added.count + removed.count
  }

  /// Where a row is, as corrections say it.
  public func place(of segment: TranscriptSegment) -> Correction.Place {
    .init(row: segment.row, start: (retimed[segment.row] ?? segment).start)
  }
}
