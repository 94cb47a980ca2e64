internal import TranscriptModel

/// All findings as a list to work through.
struct FindingList {
  private let findings: [Finding]
  private let rows: TranscriptRows

  init(_ findings: [Finding], rows: TranscriptRows) {
    self.findings = findings
    self.rows = rows
  }

  func fill(_ list: HTMLElement) {
    guard !findings.isEmpty else {
      list.append("li", "Nothing to review.").with("class", "none")
      return
    }
    for (index, finding) in findings.enumerated() {
      let item = list.append("li")
      item.with("id", "finding-\(index + 1)").with("class", finding.severity.rawValue)
      appendHead(of: finding, to: item)
      MarkedText.append(linkingTimes: finding.message, to: item.append("p"))
      list.append(text: "\n")
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
    } else {
      item.append("span", "\(row.table), row \(row.index + 1)")
    }
    if finding.rows.count > 1 { item.append(text: " and \(finding.rows.count - 1) more") }
  }
}
