internal import TranscriptModel

/// Who speaks, how much, and from when.
struct SpeakerTable {
  private let rows: TranscriptRows
  private let tallies: [Tally]
  private let talkMS: Int
  private let endsAreEstimated: Bool
  private let extraColumns: [String]

  /// What one speaker says, counted.
  private struct Tally {
    var talkMS = 0
    var turns = 0
    var first: Timecode?
  }

  init(_ document: TranscriptDocument, rows: TranscriptRows) {
    self.rows = rows
    var tallies = [Tally](repeating: Tally(), count: rows.speakers.count)
    var previous: Int?
    for segment in rows.segments {
      let index = rows.speakerIndex(segment)
      defer { previous = index }
      guard let index else { continue }
      if let start = segment.start {
        if let end = segment.end {
          tallies[index].talkMS += max(0, end.milliseconds - start.milliseconds)
        }
        tallies[index].first = min(tallies[index].first ?? start, start)
      }
      if previous != index { tallies[index].turns += 1 }
    }
    self.tallies = tallies
    talkMS = tallies.reduce(0) { $0 + $1.talkMS }
    endsAreEstimated = rows.segments.contains { $0.endIsEstimate }
    extraColumns = rows.speakers.flatMap(\.extras).map(\.column).uniqued()
  }

  /// Names the columns, also those the schema adds.
  func fillHead(_ head: HTMLElement) {
    let columns = [
      "Speaker", "Share", "Position and company", "Role", "Name", "Talk time", "Turns",
      "First heard",
    ]
    for column in columns + extraColumns { head.append("th", column).with("scope", "col") }
  }

  func fill(_ body: HTMLElement) {
    for (index, speaker) in rows.speakers.enumerated() {
      let style = SpeakerStyle(index, speaker)
      let row = body.append("tr").with("class", style.rowClass).with("id", "speaker-\(index + 1)")
      row.append("th", style.label).with("scope", "row")
      appendShare(of: tallies[index], to: row)
      row.append(
        "td",
        [speaker.position, speaker.company].compactMap(\.self).joined(separator: ", ")
      )
      .with("class", "who")
      row.append("td", speaker.role ?? "")
      appendStatus(of: speaker, to: row)
      appendCounts(of: tallies[index], to: row)
      appendExtras(of: speaker, to: row)
      body.append(text: "\n")
    }
  }

  private func appendShare(of tally: Tally, to row: HTMLElement) {
    let cell = row.append("td").with("class", "share")
    guard let share = PageNumbers.share(tally.talkMS, of: talkMS) else { return }
    let bar = cell.append("svg").with("viewBox", "0 0 100 4").with("preserveAspectRatio", "none")
    bar.with("aria-hidden", "true")
    bar.append("rect").with("width", String(tally.talkMS * 100 / talkMS)).with("height", "4")
    cell.append(text: share)
  }

  private func appendStatus(of speaker: Speaker, to row: HTMLElement) {
    let cell = row.append("td")
    if !speaker.isDescribed {
      cell.append(text: "not in the speakers table").with("class", "error")
    } else if !speaker.isIdentified {
      cell.append(text: "unidentified")
    } else if speaker.nameStatus != .unknown {
      cell.append(text: "name \(speaker.nameStatus.rawValue)")
    }
  }

  private func appendCounts(of tally: Tally, to row: HTMLElement) {
    guard let first = tally.first else {
      row.append("td", "no rows")
      row.append("td")
      row.append("td")
      return
    }
    row.append("td", PageNumbers.length(milliseconds: tally.talkMS))
    row.append("td", tally.turns == 1 ? "1 turn" : "\(tally.turns) turns")
    let cell = row.append("td", "from ")
    cell.append("a", first.rendered).with("href", "#t=" + PageNumbers.seconds(first))
  }

  private func appendExtras(of speaker: Speaker, to row: HTMLElement) {
    for column in extraColumns {
      let cell = row.append("td").with("class", "extra")
      let value = speaker.extras.first { $0.column == column }?.value ?? .missing
      guard value != .missing else { continue }
      cell.append("span", column)
      cell.append(text: " ")
      MarkedText.append(linkingTimes: value.rendered, to: cell)
    }
  }

  func fillLegend(_ legend: HTMLElement) {
    guard !rows.speakers.isEmpty else {
      legend.append(text: "The reply names no speakers.")
      return
    }
    legend.append(
      text: "Colours are people with a name, greys with a dashed chip unidentified voices."
    )
    if endsAreEstimated {
      legend.append(text: " Talk times are ")
      legend.append("em", "estimated")
      legend.append(text: ": a row lasts until the next begins.")
    }
  }
}

extension Sequence where Element: Hashable {
  /// The elements without repetitions, in order of first occurrence.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
