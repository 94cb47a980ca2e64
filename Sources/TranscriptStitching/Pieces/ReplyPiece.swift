package import TabularExtraction
package import TranscriptModel

/// What one reply says about one range of a source: a clip, the rest of a clip whose first reply
/// broke off, or a gap that was asked for again.
package struct ReplyPiece: Sendable {
  /// How a reply ended.
  package enum Ending: String, Hashable, Sendable, CaseIterable {
    /// The model was done, and everything it wrote could be read.
    case whole
    /// The output limit was reached.
    case outputLimit = "output-limit"
    /// The model repeated itself without end.
    case looped
    /// The reply broke off, or a part of it could not be read.
    case broken
    /// The service refused to answer, or to answer on.
    case blocked
  }

  /// What was asked about, in source time; see ``TranscriptModel/TimeRange/toTheEnd(from:)`` for
  /// sources of unknown length.
  package let range: TimeRange
  /// The tables, their times in source time.
  package let tables: [Table]
  /// What was found out about the reply and its times; rows are those of `tables`.
  package let findings: [Finding]
  /// How the reply ended.
  package let ending: Ending
  /// Up to where the reply can be relied on: the end of its range when it is whole; else the start
  /// of its last row, or of the row with which a loop began.
  package let coveredUntil: Timecode

  /// A piece whose times are read already.
  package init(range: TimeRange, tables: [Table], findings: [Finding] = [], ending: Ending = .whole)
  {
    self.range = range
    self.tables = tables
    self.findings = findings
    self.ending = ending
    // Known once: it takes a look at every row.
    coveredUntil = PieceRows.coveredUntil(range, tables, ending)
  }

  /// A piece made of a decoded reply.
  ///
  /// - Parameters:
  ///   - range: What was asked about, in source time.
  ///   - reply: The reply; one that is not complete counts as broken where it should be whole.
  ///   - ending: How the reply ended, as the service says.
  ///   - assembler: Reads the times; its clip is taken to be `range`.
  package init(
    range: TimeRange,
    reply: DecodedReply,
    ending: Ending,
    assembler: TranscriptAssembler
  ) {
    var assembler = assembler
    if !range.isOpenEnded { assembler.clip = range }
    let timed = assembler.timed(reply.tables)
    self.init(
      range: range,
      tables: timed.tables,
      findings: reply.findings + timed.findings,
      ending: ending == .whole && !reply.isComplete ? .broken : ending
    )
  }
}

extension TimeRange {
  private static let farEnd = Timecode(milliseconds: .max / 4)

  /// All that comes after a moment, for sources of unknown length.
  package static func toTheEnd(from start: Timecode) -> TimeRange {
    TimeRange(start: min(start, farEnd), end: farEnd)
  }

  /// Whether the range ends wherever the source does.
  package var isOpenEnded: Bool { end >= Self.farEnd }
}
