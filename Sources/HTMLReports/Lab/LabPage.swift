internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// The parts of a lab's page, put into their template.
struct LabPage {
  let lab: HTMLLab

  /// Rows of a strip beyond which neighbours share a mark: more cannot be told apart on a screen.
  private static let mostMarks = 400

  func rendered() -> [UInt8] {
    let template = PageTemplate(named: "lab.html")
    template.slot("page-title").append(text: lab.title)
    template.slot("title").append(text: lab.title)
    template.slot("byline").append(text: lab.summary)
    let verdict = template.slot("verdict")
    for sentence in lab.verdict { verdict.append("li", sentence) }
    fillRanking(template.slot("ranking"))
    if let costs = lab.costs, let qualities = lab.qualities {
      LabPlot(lab: lab, costs: costs, qualities: qualities).draw(in: template.slot("plot"))
    } else {
      template.hide(sectionOf: "plot")
    }
    let tables = template.slot("tables")
    for table in lab.tables { PageTable(table).append(to: tables) }
    let recordings = recordings
    let clips = template.slot("clips")
    for recording in recordings { append(recording, to: clips) }
    if lab.clips.isEmpty { template.hide(sectionOf: "clips") }
    template.slot("data").append(raw: data(recordings.map(\.player)).renderedBytes(.script))
    template.seal(media: Self.policy(recordings.map(\.player)))
    return template.rendered()
  }

  private func data(_ players: [PagePlayer]) -> JSONValue {
    ["players": .array(players.map { .object($0.facts) })]
  }

  /// The directives of all players; a second one of a name would not count.
  private static func policy(_ players: [PagePlayer]) -> [String] {
    var sources: [String: [String]] = [:]
    for directive in players.flatMap(\.policy) {
      let words = directive.split(separator: " ").map(String.init)
      for word in words.dropFirst() where !(sources[words[0]] ?? []).contains(word) {
        sources[words[0], default: []].append(word)
      }
    }
    return sources.keys.sorted().map { ([$0] + (sources[$0] ?? [])).joined(separator: " ") }
  }

  // MARK: The ranking

  private func fillRanking(_ box: HTMLElement) {
    let table = box.append("table").with("class", "figures ranking")
      .with("aria-label", "Ranking")
    let head = table.append("thead").append("tr")
    head.append("th", "#").with("scope", "col")
    head.append("th", "Variant").with("scope", "col")
    for (index, column) in lab.columns.enumerated() {
      head.append("th", column.title).with("scope", "col").with("title", column.meaning)
      if index == 0 { head.append("th", "95 % interval").with("scope", "col") }
    }
    let body = table.append("tbody")
    for (index, variant) in lab.variants.enumerated() {
      let row = body.append("tr")
      row.append("td", "\(index + 1)").with("class", "number")
      let name = row.append("th").with("scope", "row").with("dir", "auto")
      name.append(text: variant.name)
      if !variant.details.isEmpty { name.append("small", variant.details) }
      for (column, cell) in variant.cells.enumerated() {
        row.append("td", cell).with("class", column == 0 ? "first" : "n")
        if column == 0 { bar(variant.quality, in: row.append("td").with("class", "spread")) }
      }
    }
  }

  /// An interval as a line with a dot, all on one scale.
  private func bar(_ mark: HTMLLab.Mark?, in cell: HTMLElement) {
    guard let mark else { return }
    let marks = lab.variants.compactMap(\.quality)
    let low = marks.map { $0.low ?? $0.value }.min() ?? 0
    let high = marks.map { $0.high ?? $0.value }.max() ?? 1
    let width = 180.0
    let place = { (value: Double) in
      high > low ? 8 + (width - 16) * (value - low) / (high - low) : width / 2
    }
    let drawing = cell.append("svg").with("viewBox", "0 0 180 16").with("class", "interval")
      .with("aria-hidden", "true")
    drawing.append("line").with("class", "grid").with("x1", "0").with("x2", "180").with("y1", "8")
      .with("y2", "8")
    if let low = mark.low, let high = mark.high {
      drawing.append("line").with("class", "whisker").with("x1", LabPlot.number(place(low)))
        .with("x2", LabPlot.number(place(high))).with("y1", "8").with("y2", "8")
    }
    drawing.append("circle").with("cx", LabPlot.number(place(mark.value))).with("cy", "8")
      .with("r", "4.5")
  }

  // MARK: Clips

  /// A recording with the clips of it.
  private struct Recording {
    let player: PagePlayer
    var clips: [HTMLLab.Clip]
  }

  /// The recordings in the order of their first clips.
  private var recordings: [Recording] {
    var places: [String: Int] = [:]
    var recordings: [Recording] = []
    for clip in lab.clips {
      let key = clip.mediaPath ?? clip.source.uri
      if let place = places[key] {
        recordings[place].clips.append(clip)
      } else {
        places[key] = recordings.count
        let player = PagePlayer(source: clip.source, mediaPath: clip.mediaPath)
        recordings.append(Recording(player: player, clips: [clip]))
      }
    }
    return recordings
  }

  private func append(_ recording: Recording, to box: HTMLElement) {
    let section = box.append("div").with("class", "recording")
    let sides = section.append("div").with("class", "overview")
    let axes = Set(recording.clips.map(\.axis)).sorted().joined(separator: " or ")
    sides.append(
      "p",
      "Each row against \(axes), from left to right: the redder, the more is wrong; framed where "
        + "repeats disagree, and then the one that is furthest off is shown below."
    ).with("class", "aside")
    recording.player.fill(sides.append("div").with("class", "player"))
    for clip in recording.clips { append(clip, to: section) }
  }

  private func append(_ clip: HTMLLab.Clip, to box: HTMLElement) {
    let section = box.append("section").with("class", "clip")
    section.append("h3", clip.title).with("dir", "auto")
    for (variant, rows) in zip(lab.variants, clip.rows) {
      let line = section.append("div").with("class", "strip-line")
      line.append("span", variant.name).with("class", "strip-name").with("dir", "auto")
      strip(rows, clip.starts, in: line)
    }
    if clip.moments.isEmpty {
      section.append("p", "No variant stands out here.").with("class", "aside")
    }
    for moment in clip.moments { append(moment, to: section) }
  }

  private func strip(_ rows: [HTMLLab.RowMark], _ starts: [Timecode?], in line: HTMLElement) {
    let step = max(1, (rows.count + Self.mostMarks - 1) / Self.mostMarks)
    let marks = stride(from: 0, to: rows.count, by: step).map { index in
      (index, rows[index..<min(index + step, rows.count)])
    }
    let drawing = line.append("svg").with("class", "strip").with("preserveAspectRatio", "none")
      .with("viewBox", "0 0 \(max(1, marks.count) * 10) 10").with("role", "img")
    let wrong = rows.count { $0.error > 0 }
    drawing.with("aria-label", "\(wrong) of \(NumberText.counted(rows.count, "row")) differ")
    for (position, (index, group)) in marks.enumerated() {
      let error = group.map(\.error).max() ?? 0
      let isUnstable = group.contains { ($0.stability ?? 1) < 1 }
      let mark = drawing.append("rect").with("x", "\(position * 10)").with("y", "0")
        .with("width", "9.4").with("height", "10")
        .with("class", "e\(Self.level(error))\(isUnstable ? " unstable" : "")")
      let share = group.compactMap(\.stability).min()
      var words = "\(starts[index]?.rendered ?? "?"): \(NumberText.percent(error)) off"
      if let share { words += ", the same in \(NumberText.percent(share)) of repeats" }
      mark.append("title", words)
    }
  }

  /// Five shades: none, up to a tenth, a third, two thirds, more.
  private static func level(_ error: Double) -> Int {
    error <= 0 ? 0 : error <= 0.1 ? 1 : error <= 0.34 ? 2 : error <= 0.67 ? 3 : 4
  }

  private func append(_ moment: HTMLLab.Moment, to section: HTMLElement) {
    let card = section.append("article").with("class", "moment")
    let head = card.append("div").with("class", "heard")
    if let start = moment.start {
      let seconds = PageNumbers.seconds(start)
      head.append("a", "▶").with("class", "play").with("href", "#t=\(seconds)")
        .with("data-t", seconds).with("aria-label", "Play from \(start.rendered)")
      head.append("time", start.rendered)
    }
    head.append("b", moment.speaker).with("dir", "auto")
    head.append("span", moment.text).with("dir", "auto").with("class", "spoken")
    let list = card.append("dl")
    for reading in moment.readings { append(reading, to: list) }
  }

  private func append(_ reading: HTMLLab.Reading, to list: HTMLElement) {
    let name = list.append("dt", reading.variant).with("dir", "auto")
    for (word, kind) in [(reading.mark, reading.mark), (reading.occasion, "occasion")]
    where !word.isEmpty {
      name.append(text: " ")
      name.append("small", word).with("class", kind)
    }
    let words = list.append("dd").with("dir", "auto")
    guard !reading.words.isEmpty || !reading.speaker.isEmpty else {
      words.append("span", "no such row").with("class", "nothing")
      return
    }
    if reading.isMoved, let start = reading.start {
      words.append("ins", start.rendered)
      words.append(text: " ")
    }
    if reading.isOtherSpeaker {
      words.append("ins", reading.speaker)
      words.append(text: " ")
    }
    let text = words.append("span").with("class", "spoken")
    for stretch in reading.words {
      switch stretch.change {
      case .same: text.append(text: stretch.text)
      case .removed: text.append("del", stretch.text)
      case .added: text.append("ins", stretch.text)
      }
    }
  }
}
