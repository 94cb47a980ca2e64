internal import TranscriptModel

/// Findings shown beside the rows they point at.
struct RowNotes {
  /// The name of the transcripts table.
  let table: String
  private let findings: [Finding]
  private let findingsByRow: [Int: [Int]]

  init(_ document: TranscriptDocument) {
    let transcripts = document.tables.first { $0.column(.text) != nil }
    let table = transcripts?.name ?? "transcripts"
    self.table = table
    findings = document.findings
    var byRow: [Int: [Int]] = [:]
    for (index, finding) in document.findings.enumerated() {
      for row in finding.rows where row.table == table {
        byRow[row.index, default: []].append(index)
      }
    }
    findingsByRow = byRow
  }

  /// The cell with the findings of a row as HTML, empty when there are none; `nil` where it has a
  /// sentence, which is text that may need escapes.
  func plainCell(row: Int) -> String? {
    guard let indices = findingsByRow[row] else { return "" }
    var cell = "<td>"
    for index in indices {
      let severity = findings[index].severity
      guard !isFirst(row, of: findings[index]) else { return nil }
      cell += "<a class=\"\(severity.rawValue)\" href=\"#finding-\(index + 1)\">"
      cell += "<span class=\"sr\">\(severity.title)</span></a>"
    }
    return cell + "</td>"
  }

  private func isFirst(_ row: Int, of finding: Finding) -> Bool {
    finding.rows.first { $0.table == table }?.index == row
  }

  /// Adds a cell with the findings of a row; none when there are none.
  ///
  /// The sentence stands at a finding's first row; its other rows link to the review list, since one
  /// finding may point at thousands.
  func append(row: Int, to element: HTMLElement) {
    guard let indices = findingsByRow[row] else { return }
    let cell = element.append("td")
    for index in indices {
      let finding = findings[index]
      if isFirst(row, of: finding) {
        appendSentence(finding, to: cell)
      } else {
        appendLink(index, to: cell)
      }
    }
  }

  private func appendSentence(_ finding: Finding, to cell: HTMLElement) {
    let details = cell.append("details").with("class", finding.severity.rawValue)
    details.append("summary").append("span", finding.severity.title).with("class", "sr")
    MarkedText.append(linkingTimes: finding.message, to: details.append("p"))
  }

  private func appendLink(_ index: Int, to cell: HTMLElement) {
    let link = cell.append("a")
    link.with("class", findings[index].severity.rawValue).with("href", "#finding-\(index + 1)")
    link.append("span", findings[index].severity.title).with("class", "sr")
  }
}

extension Finding.Severity {
  /// The severity as the page prints it.
  var title: String {
    switch self {
    case .note: "Note"
    case .warning: "Warning"
    case .error: "Error"
    }
  }
}
