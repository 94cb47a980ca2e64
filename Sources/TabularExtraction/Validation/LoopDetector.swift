public import TranscriptModel

/// Tells while a reply arrives that it repeats itself and will not come to an end.
///
/// Feed it each row as it completes. A row takes constant time, apart from reading its text. What a
/// person may say is left alone: a “Yes.” that comes many times in a quick exchange, a refrain, applause.
/// The thresholds, by what repeats:
///
/// | | Time stands still or goes back | Time goes on |
/// | --- | --- | --- |
/// | one row | 4 copies with 12 words repeated, or 12 copies | 10 copies with 40 words repeated in rows of 3 or more, or 100 copies |
/// | a block of rows | 3 copies with 24 words repeated, or 2 of at least 5 rows and 30 words | the same, or 60 rows and 250 words repeated |
/// | a row of 6 words or more that differs in one place, 85 % being the same | 6 copies | 20 copies |
/// | within a row | 8 copies with 60 words repeated | |
///
/// Copies count the first; repeated words do not.
public struct LoopDetector: Sendable {
  /// A stretch of rows that repeat what stands before.
  public struct Loop: Hashable, Sendable {
    /// How the repetition was told.
    public enum Kind: Hashable, Sendable {
      /// The same text, its time standing still or going back.
      case frozenTime
      /// The same text, its time going on.
      case advancingTime
      /// Nearly the same text.
      case similarText
      /// One row's text that repeats itself.
      case withinRow
    }

    /// How the repetition was told.
    public let kind: Kind
    /// The rows that repeat, from 0; the first copy, which may be genuine, stands before them.
    public internal(set) var rows: ClosedRange<Int>
    /// The length of what is repeated, in rows.
    public let period: Int

    /// How many times it is there, the first time included.
    public var copies: Int { kind == .withinRow ? 1 : rows.count / period + 1 }
  }

  /// The loops so far; the last one grows while it goes on.
  public private(set) var loops: [Loop] = []

  private var same = SameTextTracker()
  private var similar = SimilarTextTracker()
  private var rowCount = 0

  /// A detector that has seen nothing.
  public init() {}

  /// Reads the next row.
  ///
  /// - Returns: A loop, once, when this row makes it certain.
  public mutating func append(_ text: String, start: Timecode?) -> Loop? {
    var text = text
    return text.withUTF8 { append($0, start: start) }
  }

  /// Reads the next row of a table by the roles of its columns; a table without texts never loops.
  ///
  /// - Returns: A loop, once, when this row makes it certain.
  public mutating func append(row: Int, of table: Table) -> Loop? {
    guard let text = table.column(.text) else { return nil }
    let start = table.column(.start).flatMap { column in
      table.withUTF8(row: row, column: column) { TimeSpelling(clock: $0)?.time }
    }
    return table.withUTF8(row: row, column: text) { append($0, start: start) }
  }

  /// Whether the text of an unfinished row already repeats itself without end.
  ///
  /// Looks at the last 4 KB: ask again after each 4 KB and the whole takes linear time.
  public static func repeats(_ unfinished: UnsafeBufferPointer<UInt8>) -> Bool {
    RepeatedTail(unfinished) != nil
  }

  /// Reads the next row's text, UTF-8.
  ///
  /// - Returns: A loop, once, when this row makes it certain.
  public mutating func append(_ text: UnsafeBufferPointer<UInt8>, start: Timecode?) -> Loop? {
    append(text, TextProfile(text), start: start)
  }

  mutating func append(
    _ text: UnsafeBufferPointer<UInt8>,
    _ profile: TextProfile,
    start: Timecode?
  ) -> Loop? {
    let row = rowCount
    rowCount += 1
    let moment = start?.milliseconds
    let found = same.append(profile, moment: moment)
    let near = similar.append(text, words: profile.words, moment: moment)
    if RepeatedTail(text) != nil {
      return record(Loop(kind: .withinRow, rows: row...row, period: 1))
    }
    guard let repetition = found ?? near else { return nil }
    let first = row - repetition.run + 1
    return record(
      Loop(kind: repetition.kind, rows: first...row, period: repetition.period)
    )
  }

  /// The row before the last one that has the last one's text, if there is one.
  var earlierCopy: Int? { same.earlierCopy }

  /// Adds a loop, or lets the last one grow; only a new one is returned.
  private mutating func record(_ loop: Loop) -> Loop? {
    if let last = loops.last, last.rows.upperBound >= loop.rows.lowerBound - 1,
      last.kind == loop.kind || last.rows.upperBound >= loop.rows.lowerBound
    {
      let first = min(last.rows.lowerBound, loop.rows.lowerBound)
      loops[loops.count - 1].rows = first...loop.rows.upperBound
      return nil
    }
    loops.append(loop)
    return loop
  }
}

/// A run of rows that repeat those one period before them.
struct Repetition {
  let kind: LoopDetector.Loop.Kind
  /// Rows in a copy.
  let period: Int
  /// Rows that repeat.
  let run: Int
}
