internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// The parts of a comparison's page, put into their template.
struct ComparisonPage {
  let page: HTMLComparison

  func rendered() -> [UInt8] {
    let template = PageTemplate(named: "comparison.html")
    template.slot("page-title").append(text: page.title)
    template.slot("title").append(text: page.title)
    let byline = template.slot("byline")
    byline.append(text: page.summary)
    for link in page.links {
      byline.append(text: " · ")
      byline.append("a", link.label).with("href", link.address)
    }
    let notes = template.slot("notes")
    for note in page.notes { notes.append("li", note) }
    if page.notes.isEmpty { notes.remove() }
    fillTables(template.slot("tables"))
    fillKinds(template.slot("kinds"))
    template.slot("left-title").append(text: page.leftTitle)
    template.slot("right-title").append(text: page.rightTitle)
    fillRows(template.slot("rows"))
    let player = player
    let section = template.slot("player")
    if let player {
      player.fill(section)
    } else {
      section["hidden"] = ""
    }
    template.slot("data").append(raw: data.renderedBytes(.script))
    template.seal(media: player?.policy ?? [])
    return template.rendered()
  }

  /// What plays the recording; none where the page knows of no recording.
  private var player: PagePlayer? {
    page.source.map { PagePlayer(source: $0, mediaPath: page.mediaPath) }
  }

  private var data: JSONValue { ["player": .object(player?.facts ?? ["kind": "none"])] }

  private func fillTables(_ box: HTMLElement) {
    for table in page.tables { PageTable(table).append(to: box) }
  }

  /// A button for each kind of change, in the order of the first one.
  private func fillKinds(_ box: HTMLElement) {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for kind in page.rows.flatMap(\.changes) {
      if counts[kind] == nil { order.append(kind) }
      counts[kind, default: 0] += 1
    }
    for kind in order {
      let button = box.append("button", kind + " ").with("type", "button")
        .with("aria-pressed", "true").with("data-kind", kind)
      button.append("span", NumberText.grouped(counts[kind] ?? 0)).with("class", "count")
    }
    if order.isEmpty { box.append(text: "Both say the same.") }
  }

  private func fillRows(_ body: HTMLElement) {
    var index = 0
    var table = body
    while index < page.rows.count {
      let end = page.rows[index...].firstIndex { !$0.changes.isEmpty } ?? page.rows.endIndex
      if end > index {
        fold(page.rows[index..<end], into: body)
      }
      guard end < page.rows.count else { break }
      let last = page.rows[end...].firstIndex { $0.changes.isEmpty } ?? page.rows.endIndex
      table = body.append("div").with("class", "rows-beside")
      for row in page.rows[end..<last] { append(row, to: table) }
      index = last
    }
  }

  private func fold(_ rows: ArraySlice<HTMLComparison.Row>, into body: HTMLElement) {
    let fold = body.append("details").with("class", "same")
    let times = [rows.first, rows.last].compactMap { $0?.left?.start ?? $0?.right?.start }
    var range = times.first.map { ", \($0.rendered)" } ?? ""
    if let end = times.last, rows.count > 1 { range += "–\(end.rendered)" }
    fold.append("summary", NumberText.counted(rows.count, "row") + " the same" + range)
    let pairs = fold.append("div").with("class", "rows-beside")
    for row in rows { append(row, to: pairs) }
  }

  private func append(_ row: HTMLComparison.Row, to table: HTMLElement) {
    let kinds = row.changes.joined(separator: " ")
    let pair = table.append("article").with("class", "beside").with("data-kinds", kinds)
    if let start = row.left?.start ?? row.right?.start {
      let seconds = PageNumbers.seconds(start)
      pair.append("a", "▶").with("class", "play").with("href", "#t=\(seconds)")
        .with("data-t", seconds).with("aria-label", "Play from \(start.rendered)")
    }
    fill(pair.append("div").with("class", "side left"), row.left)
    fill(pair.append("div").with("class", "side right"), row.right)
    if !row.changes.isEmpty {
      pair.append("p", row.changes.joined(separator: " · ")).with("class", "kinds")
    }
  }

  private func fill(_ box: HTMLElement, _ side: HTMLComparison.Side?) {
    guard let side else {
      box.append("p", "–").with("class", "nothing")
      return
    }
    let head = box.append("p").with("class", "speaks")
    if let start = side.start { head.append("time", start.rendered) }
    head.append("b", side.speaker).with("dir", "auto")
    let words = box.append("p").with("class", "spoken").with("dir", "auto")
    for stretch in side.words {
      switch stretch.change {
      case .same: words.append(text: stretch.text)
      case .removed: words.append("del", stretch.text)
      case .added: words.append("ins", stretch.text)
      }
    }
  }
}
