internal import TranscriptModel

/// Makes segments and speakers of typed tables.
struct TranscriptBuilder {
  /// The end of what was sent, when it is known.
  let end: Timecode?

  func transcript(_ tables: TranscriptTables) -> Transcript {
    var voices = VoiceNumbers()
    let described = tables.speakers.map { speakers($0, &voices) } ?? []
    var segments = tables.rows.map { self.segments($0, &voices) } ?? []
    segments.estimateEnds(until: end)
    return Transcript(segments: segments, speakers: described + undescribed(segments, described))
  }

  private func segments(_ table: Table, _ voices: inout VoiceNumbers) -> [TranscriptSegment] {
    let start = table.column(.start)
    let end = table.column(.end)
    let text = table.column(.text)
    let voice = table.column(.voice)
    let extras = table.columns.indices.filter { ![start, end, text, voice].contains($0) }
    return (0..<table.rowCount).map { row in
      let given = end.flatMap { table.time(row, $0) }
      return TranscriptSegment(
        row: row,
        start: start.flatMap { table.time(row, $0) },
        end: given,
        endIsEstimate: given == nil,
        voice: voice.flatMap { voices.number(table[row, $0]) },
        text: text.flatMap { table.text(row, $0) } ?? "",
        extras: extras.isEmpty ? [] : table.fields(row, extras)
      )
    }
  }

  /// The speakers in table order; of rows with one voice the first counts.
  private func speakers(_ table: Table, _ voices: inout VoiceNumbers) -> [Speaker] {
    guard let voice = table.column(.voice) else { return [] }
    let known = [Column.Role.name, .company, .position, .role].map(table.column)
    let extras = table.columns.indices.filter { $0 != voice && !known.contains($0) }
    var seen: Set<Int> = []
    return (0..<table.rowCount).compactMap { row in
      guard let number = voices.number(table[row, voice]), seen.insert(number).inserted else {
        return nil
      }
      let texts = known.map { column in column.flatMap { table.text(row, $0) } }
      return Speaker(
        voice: number,
        name: texts[0],
        company: texts[1],
        position: texts[2],
        role: texts[3],
        extras: table.fields(row, extras)
      )
    }
  }

  /// Voices that are heard but not described, in the order in which they are heard.
  private func undescribed(_ segments: [TranscriptSegment], _ described: [Speaker]) -> [Speaker] {
    var seen = Set(described.map(\.voice))
    return segments.compactMap { segment in
      guard let voice = segment.voice, seen.insert(voice).inserted else { return nil }
      return Speaker(voice: voice, isDescribed: false)
    }
  }
}

extension Table {
  fileprivate func time(_ row: Int, _ column: Int) -> Timecode? {
    if case .time(let time) = self[row, column] { time } else { nil }
  }

  /// The text of a cell; `nil` when it is missing.
  fileprivate func text(_ row: Int, _ column: Int) -> String? {
    let cell = self[row, column]
    return cell == .missing ? nil : cell.rendered
  }

  fileprivate func fields(_ row: Int, _ columns: [Int]) -> [TranscriptSegment.Field] {
    columns.compactMap { column in
      let cell = self[row, column]
      guard cell != .missing else { return nil }
      return .init(column: self.columns[column].name, role: self.columns[column].role, value: cell)
    }
  }
}
