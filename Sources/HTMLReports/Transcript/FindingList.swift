internal import TranscriptModel

/// All findings as a list to work through.
struct FindingList {
  private let findings: [Finding]
  private let rows: TranscriptRows

  /// The name of the speakers table.
  private let speakersTable: String

  init(_ document: TranscriptDocument, rows: TranscriptRows) {
    findings = document.findings
    self.rows = rows
    let tables = document.tables.filter { $0.column(.text) == nil && $0.column(.voice) != nil }
    speakersTable = tables.first?.name ?? "speakers"
  }

  func fill(_ list: HTMLElement) {
    guard !findings.isEmpty else {
      list.append("li", "Nothing to review.").with("class", "none")
      return
    }
    for (index, finding) in inOrderOfWeight {
      let item = list.append("li")
      item.with("id", "finding-\(index + 1)").with("class", finding.severity.rawValue)
      appendHead(of: finding, to: item)
      MarkedText.append(linkingTimes: finding.message, to: item.append("p"))
      list.append(text: "\n")
    }
  }

  /// Errors first, then warnings, then notes, each in order of the reply, with the number it is
  /// called by.
  private var inOrderOfWeight: [(index: Int, finding: Finding)] {
    [Finding.Severity.error, .warning, .note].flatMap { severity in
      findings.enumerated().filter { $0.element.severity == severity }
        .map { (index: $0.offset, finding: $0.element) }
    }
  }

  private func appendHead(of finding: Finding, to item: HTMLElement) {
    item.append("b", finding.severity.title)
    item.append(text: " ")
    item.append("code", finding.code.rawValue)
    guard let row = finding.rows.first else { return }
    item.append(text: " ")
    if rows.isTranscript(row), let anchor = rows.anchor(row: row.index) {
      let start = rows.segment(row: row.index)?.start
      item.append("a", start?.rendered ?? "row \(row.index + 1)").with("href", "#" + anchor)
    } else if row.table == speakersTable, rows.speakers.indices.contains(row.index) {
      let speaker = rows.speakers[row.index]
      item.append("a", speaker.label).with("href", "#speaker-\(row.index + 1)")
    } else {
      item.append("span", "\(row.table), row \(row.index + 1)")
    }
    if finding.rows.count > 1 { item.append(text: " and \(finding.rows.count - 1) more") }
  }
}
