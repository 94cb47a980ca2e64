internal import TranscriptModel

/// The parts of a transcript's page, put into their template.
struct TranscriptPage {
  let document: TranscriptDocument
  let options: HTMLReport.Options
  private let rows: TranscriptRows
  private let player: PagePlayer
  /// The transcript as people corrected it, which is what the page shows.
  private let corrected: CorrectedTranscript

  init(document: TranscriptDocument, options: HTMLReport.Options) {
    self.document = document
    self.options = options
    corrected = document.corrected
    rows = TranscriptRows(document, corrected)
    player = PagePlayer(
      source: document.source,
      mediaPath: options.mediaPath,
      poster: options.poster
    )
  }

  func rendered() -> [UInt8] {
    let template = PageTemplate(named: "transcript.html")
    fillMasthead(template)
    fillRail(template)
    fillText(template)
    let data = PageData(
      title: title,
      document: document,
      corrected: corrected,
      rows: rows,
      player: player
    )
    template.slot("data").append(raw: data.bytes)
    if let library = options.library {
      template.name(library)
    }
    template.seal(
      media: player.policy,
      connections: options.library == nil && options.resumption == nil ? "'none'" : "'self'"
    )
    return assembled(template)
  }

  private var tables: DataTables { DataTables(document) }

  /// Whether the schema has no transcript: then the tables are the page.
  private var holdsTablesOnly: Bool { rows.segments.isEmpty && !tables.isEmpty }

  private var title: String { corrected.title ?? document.source.stem }

  private func fillMasthead(_ template: borrowing PageTemplate) {
    template.slot("page-title").append(text: "\(title): transcript")
    let height = ".rows tbody{contain-intrinsic-size:auto \(rows.estimatedBlockHeight)px}\n"
    let times = rows.statistics.speakers.map(\.talkTimeMS)
    let styles = SpeakerPalette(rows.speakers, talkTimes: times).styles + height
    template.slot("styles").append(raw: Array(styles.utf8))
    template.slot("title").append(text: title)
    let facts = RunFacts(document: document, corrected: corrected, options: options, rows: rows)
    let byline = template.slot("byline")
    facts.fillByline(byline)
    if let list = options.collection {
      byline.append(text: " · ")
      byline.append("a", list.label).with("href", list.address)
    }
    fill(comparisons: template.slot("comparisons"))
    facts.fillProvenance(template.slot("provenance"))
    facts.fillChecked(template.slot("checked"))
    facts.fillCorrected(template.slot("corrected"))
    facts.fillBanner(template.slot("banner"))
    facts.fillMeaning(template.slot("meaning"))
    facts.fillRun(template.slot("run"))
    facts.fillTokens(template.slot("tokens"))
    facts.fillCost(template.slot("cost"), statistics: rows.statistics)
    RequestPanel(record: options.request).fill(template.slot("request"))
  }

  private func fill(comparisons line: HTMLElement) {
    guard !options.comparisons.isEmpty else {
      line.remove()
      return
    }
    line.append(text: "Compare with ")
    for (index, link) in options.comparisons.enumerated() {
      if index > 0 { line.append(text: " · ") }
      line.append("a", link.label).with("href", link.address)
    }
  }

  private func fillRail(_ template: borrowing PageTemplate) {
    player.fill(template.slot("player"))
    Timeline(document, rows: rows).fill(template.slot("timeline"))
    let hasTable = document.tables.isEmpty || document.tables.contains(where: Self.holdsSpeakers)
    let speakers = SpeakerTable(rows, hasTable: hasTable)
    template.slot("speaker-count").append(text: String(rows.speakers.count))
    speakers.fillHead(template.slot("speaker-columns"))
    speakers.fill(template.slot("speakers"))
    speakers.fillLegend(template.slot("legend"))
    template.slot("finding-count").append(text: String(document.findings.count))
    FindingList(document, rows: rows).fill(template.slot("findings"))
    if holdsTablesOnly || !rows.hasVoices {
      for name in ["timeline", "speakers"] { template.hide(sectionOf: name) }
    }
  }

  private func fillText(_ template: borrowing PageTemplate) {
    let sample = template.slot("rows")
    guard let table = sample.parent else {
      preconditionFailure("the template's rows have no table")
    }
    sample.remove()
    table.append(comment: PageTemplate.placeOfRows)
    table["class"] = rows.tableClass
    if rows.isRightToLeft { table["dir"] = "rtl" }
    table["lang"] =
      document.source.language.flatMap { LanguageTag($0)?.text } ?? rows.scriptLanguage
    if holdsTablesOnly { table["hidden"] = "" }
    tables.fill(template.slot("tables"))
    DerivedPanels(document: document, corrected: corrected, rows: rows)
      .fill(template.slot("derived"))
    let end = template.slot("end")
    guard !holdsTablesOnly else {
      end.remove()
      return
    }
    switch (document.transcript.segments.isEmpty, document.isComplete) {
    case (true, _): end.append(text: "The reply holds no rows.")
    case (false, true): end.append(text: "End of the transcript.")
    case (false, false): end.append(text: "The transcript stops here; it is incomplete.")
    }
  }

  /// Whether a table says who the voices are.
  private static func holdsSpeakers(_ table: Table) -> Bool {
    table.column(.text) == nil && table.column(.voice) != nil
  }

  /// The page with its rows, which are built, written and freed block by block to save memory.
  private func assembled(_ template: borrowing PageTemplate) -> [UInt8] {
    let page = HTMLSink()
    page.reserve(rows.estimatedBytes)
    template.write(to: page, rows: rows.write)
    return page.bytes
  }
}

extension Collection<UInt8> where Index == Int {
  /// Where a run of bytes first occurs.
  func firstIndex(of mark: [UInt8]) -> Int? {
    guard let first = mark.first, count >= mark.count else { return nil }
    var index = startIndex
    while let start = self[index...].firstIndex(of: first), start + mark.count <= endIndex {
      if self[start..<start + mark.count].elementsEqual(mark) { return start }
      index = start + 1
    }
    return nil
  }
}
