internal import PlainText
internal import TranscriptModel

/// Who speaks, how much, and from when.
struct SpeakerTable {
  private let rows: TranscriptRows
  private let statistics: TranscriptStatistics
  private let extraColumns: [String]
  /// The largest share; bars are drawn relative to it, so that they tell many speakers apart.
  private let loudest: Double

  /// Whether the schema has a table that says who the voices are.
  private let hasTable: Bool

  init(_ rows: TranscriptRows, hasTable: Bool) {
    self.rows = rows
    self.hasTable = hasTable
    statistics = rows.statistics
    loudest = statistics.speakers.map(\.share).max() ?? 1
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
      row.append("th", speaker.label).with("scope", "row")
      appendShare(of: statistics.speakers[index], to: row)
      row.append(
        "td",
        [speaker.position, speaker.company].compactMap(\.self).joined(separator: ", ")
      )
      .with("class", "who")
      row.append("td", speaker.role ?? "")
      appendStatus(of: speaker, to: row)
      appendCounts(of: statistics.speakers[index], to: row)
      appendExtras(of: speaker, to: row)
      body.append(text: "\n")
    }
  }

  private func appendShare(of counts: SpeakerStatistics, to row: HTMLElement) {
    let cell = row.append("td").with("class", "share")
    guard counts.talkTimeMS > 0 else { return }
    let bar = cell.append("svg").with("viewBox", "0 0 100 4").with("preserveAspectRatio", "none")
    bar.with("aria-hidden", "true")
    bar.append("rect").with("width", String(Int(counts.share / loudest * 100))).with("height", "4")
    cell.append("span", NumberText.percent(counts.share))
  }

  private func appendStatus(of speaker: Speaker, to row: HTMLElement) {
    let cell = row.append("td")
    if !speaker.isDescribed && hasTable {
      cell.append(text: "not in the speakers table").with("class", "error")
    } else if !speaker.isIdentified {
      cell.append(text: "unidentified")
    } else if speaker.nameStatus != .unknown {
      cell.append(text: "name \(speaker.nameStatus.rawValue)")
    }
  }

  private func appendCounts(of counts: SpeakerStatistics, to row: HTMLElement) {
    guard let first = counts.firstHeard else {
      row.append("td", "no rows")
      row.append("td")
      row.append("td")
      return
    }
    let pace = counts.wordsPerMinute.map { ", \(Int($0.rounded())) words/min" } ?? ""
    row.append("td", PageNumbers.length(milliseconds: counts.talkTimeMS) + pace)
    let longest =
      counts.turns > 1
      ? ", longest " + PageNumbers.length(milliseconds: counts.longestTurnMS) : ""
    row.append("td", NumberText.counted(counts.turns, "turn") + longest)
    let cell = row.append("td", "from ")
    cell.append("a", first.rendered).with("href", "#t=" + PageNumbers.seconds(first))
  }

  private func appendExtras(of speaker: Speaker, to row: HTMLElement) {
    for column in extraColumns {
      let cell = row.append("td").with("class", "extra")
      let value = speaker.extras.first { $0.column == column }?.value ?? .missing
      guard value != .missing else { continue }
      cell.append("span", column.replacing("_", with: " ") + ":")
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
    if statistics.isEstimate {
      legend.append(text: " Talk times are ")
      legend.append("em", "estimated")
      legend.append(text: ": a row lasts until the next begins, or as long as its words take.")
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
