public import TranscriptModel

/// The times of a transcript, held against the sound.
public struct TimeFindings: Sendable {
  /// What was found.
  public let check: TimeCheck
  /// The rows that were held against it, in the order of their times, as positions in the transcript.
  public let positions: [Int]
  /// The findings: times that run away, rows in silence, speech that nobody transcribed.
  public let findings: [Finding]

  /// More stretches than a person would read one by one.
  private static let mostStretches = 50

  /// Holds a transcript against the sound; rows without a time are passed over.
  ///
  /// - Parameters:
  ///   - transcript: The transcript.
  ///   - table: The name of the table that its rows come from.
  ///   - activity: Where somebody speaks.
  ///   - stretch: What was to be transcribed; `nil` for everything.
  public init(
    _ transcript: Transcript,
    table: String,
    in activity: SpeechActivity,
    of stretch: TimeRange? = nil
  ) {
    let segments = transcript.segments
    positions = segments.timedPositions
    let rows = positions.compactMap { SpokenRow(segments[$0]) }
    check = TimeCheck(rows, in: activity, of: stretch)
    let numbers = positions.map { Finding.Row(table: table, index: segments[$0].row) }
    findings =
      Self.drift(check, rows, numbers) + Self.silence(check, numbers)
      + Self.missed(check, numbers)
  }

  private static func drift(
    _ check: TimeCheck,
    _ rows: [SpokenRow],
    _ numbers: [Finding.Row]
  ) -> [Finding] {
    guard check.isOff, let first = rows.first, let last = rows.last else { return [] }
    let line = check.line
    func off(_ row: Int) -> Double {
      let stated = Double(rows[row].startMS) / 1000
      return stated - line.place(stated, row: row)
    }
    var sentence = "Rows stand \(side(off(0))) the words at \(time(first.startMS))"
    if rows.count > 1 {
      sentence += " and \(side(off(rows.count - 1))) them at \(time(last.startMS))"
    }
    if abs(line.drift) >= 0.0005 {
      let way = line.drift > 0 ? "gain" : "lose"
      sentence += "; times \(way) \(decimal(abs(line.drift) * 100)) %"
    }
    let jumps = zip(line.pieces, line.pieces.dropFirst()).map { before, after in
      "\(decimal(abs(before.offset - after.offset))) s at \(time(rows[after.firstRow].startMS))"
    }
    if !jumps.isEmpty { sentence += "; they jump by " + jumps.joined(separator: ", ") }
    sentence += ". Half of the rows lie within \(decimal(line.spread)) s of that."
    return [
      Finding(.timeDrift, sentence, rows: line.pieces.dropFirst().map { numbers[$0.firstRow] })
    ]
  }

  private static func silence(_ check: TimeCheck, _ numbers: [Finding.Row]) -> [Finding] {
    let count = check.silentRows.count
    guard count > 0 else { return [] }
    let what = count == 1 ? "a row stands" : "\(count) rows stand"
    return [
      Finding(
        .rowInSilence,
        "Nobody speaks where \(what), nor within a second of that.",
        rows: check.silentRows.map { numbers[$0] }
      )
    ]
  }

  private static func missed(_ check: TimeCheck, _ numbers: [Finding.Row]) -> [Finding] {
    let all = check.untranscribed
    let told = all.prefix(mostStretches).map { stretch in
      let (start, end) = (stretch.range.start.rendered, stretch.range.end.rendered)
      return Finding(
        .speechUntranscribed,
        "From \(start) to \(end) there are \(decimal(Double(stretch.speechMS) / 1000)) s of speech, or of "
          + "sound like it, that no row covers.",
        rows: stretch.after.map { [numbers[$0]] } ?? []
      )
    }
    guard all.count > mostStretches else { return told }
    let rest = all.dropFirst(mostStretches)
    let seconds = rest.reduce(0) { $0 + $1.speechMS } / 1000
    return told + [
      Finding(
        .speechUntranscribed,
        "\(rest.count) more stretches of speech, \(seconds) s in all, are covered by no row.",
        rows: rest.compactMap(\.after).map { numbers[$0] }
      )
    ]
  }

  private static func side(_ seconds: Double) -> String {
    "\(decimal(abs(seconds))) s \(seconds >= 0 ? "after" : "before")"
  }

  private static func time(_ milliseconds: Int) -> String {
    Timecode(milliseconds: milliseconds / 1000 * 1000).rendered
  }

  /// A number with one decimal.
  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension SpokenRow {
  /// A row of a transcript; `nil` without a time.
  package init?(_ segment: TranscriptSegment) {
    guard let start = segment.start else { return nil }
    var language: String?
    for field in segment.extras where field.role == .language {
      if case .text(let tag) = field.value, !tag.isEmpty { language = tag }
    }
    self.init(
      text: segment.text,
      startMS: start.milliseconds,
      endMS: segment.endIsEstimate ? nil : segment.end?.milliseconds,
      language: language
    )
  }
}

extension [TranscriptSegment] {
  /// The positions of rows that have a time, in the order of their times.
  package var timedPositions: [Int] {
    indices.filter { self[$0].start != nil }
      .sorted { (self[$0].start ?? .zero, $0) < (self[$1].start ?? .zero, $1) }
  }
}
