public import TranscriptModel

/// Makes a transcript of decoded tables: reads times, moves them to source time, links voices,
/// estimates ends, and validates the result.
///
///     let assembled = TranscriptAssembler(duration: duration).assemble(reply.tables)
///
/// Columns are told by their roles alone. Takes time in proportion to the text.
public struct TranscriptAssembler: Sendable {
  /// The part of the media that was sent, in source time; `nil` for all of it.
  public var clip: TimeRange?
  /// The length of the media; `nil` when it is not known.
  public var duration: Timecode?
  /// What times count from, when there is a clip.
  public var timebase: Timebase
  /// The stretches of silence in source time, in order; `nil` when nobody listened for them.
  public var silences: [TimeRange]?

  /// An assembler for replies about media of which some facts are known.
  public init(
    clip: TimeRange? = nil,
    duration: Timecode? = nil,
    timebase: Timebase = .auto,
    silences: [TimeRange]? = nil
  ) {
    self.clip = clip
    self.duration = duration
    self.timebase = timebase
    self.silences = silences
  }

  /// Makes a transcript of tables.
  public func assemble(_ tables: [Table]) -> AssembledTranscript {
    let timed = timed(tables)
    var assembled = assemble(timed: timed.tables)
    assembled.findings = timed.findings + assembled.findings
    return assembled
  }

  /// Reads the times of tables and moves them to source time: the first half of ``assemble(_:)``.
  public func timed(_ tables: [Table]) -> TimedTables {
    var tables = tables
    let resolver = TimeResolver(clip: clip, duration: duration, timebase: timebase)
    var findings: [Finding] = []
    for index in tables.indices { findings += resolver.resolve(&tables[index]) }
    findings += moveToSourceTime(&tables)
    return TimedTables(tables: tables, findings: findings)
  }

  /// Makes a transcript of tables whose times are moments in source time, and validates it.
  public func assemble(timed tables: [Table]) -> AssembledTranscript {
    let roles = TranscriptTables(tables)
    let transcript = TranscriptBuilder(end: clip?.end ?? duration).transcript(roles)
    var findings: [Finding] = []
    if let rows = roles.rows {
      findings = TranscriptValidator(stretch: stretch, silences: silences)
        .findings(in: transcript, table: rows.name, speakers: roles.speakers)
    }
    findings = EmptinessCheck(rows: roles.rows, tables).findings + findings
    return AssembledTranscript(tables: tables, transcript: transcript, findings: findings)
  }

  /// What was sent, in source time, when its end is known.
  private var stretch: TimeRange? {
    clip ?? duration.map { TimeRange(start: .zero, end: max(.zero, $0)) }
  }

  private func moveToSourceTime(_ tables: inout [Table]) -> [Finding] {
    guard let clip, clip.start > .zero, timebase != .source else { return [] }
    let starts = TranscriptTables(tables).starts
    let verdict = timebase == .clip ? .clip : TimebaseDetector(clip: clip).verdict(starts)
    switch verdict {
    case .source: return []
    case .clip:
      for index in tables.indices { shift(&tables[index], by: clip.start.milliseconds) }
      let reason = timebase == .clip ? "as asked" : "as they lie outside the clip otherwise"
      return [
        Finding(
          .timebaseShifted,
          "Times were read as counted from the clip's start, \(reason); "
            + "\(clip.start.rendered) was added to each."
        )
      ]
    case .doubtful(let inSource, let inClip, let count):
      return [
        Finding(
          .timebaseShifted,
          .warning,
          "It is doubtful what times count from: \(inSource) of \(count) lie inside the clip when "
            + "counted from the source's start, \(inClip) when counted from the clip's. They were "
            + "left as they are; the setting timebase clip moves them."
        )
      ]
    }
  }

  private func shift(_ table: inout Table, by milliseconds: Int) {
    for column in table.columns.indices
    where table.columns[column].role == .start || table.columns[column].role == .end {
      for row in 0..<table.rowCount {
        guard case .time(let time) = table[row, column] else { continue }
        table[row, column] = .time(Timecode(milliseconds: time.milliseconds + milliseconds))
      }
    }
  }
}
