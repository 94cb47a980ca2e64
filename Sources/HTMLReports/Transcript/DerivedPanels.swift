internal import PlainText
internal import TranscriptModel
internal import TranscriptRecipes

/// What recipes made of the transcript: a panel for each table, which opens above the rows.
///
/// Times lead to the rows that answers rest on; what could not be found there says so in its row.
struct DerivedPanels {
  /// Rows of a panel at most; a translation of a day of talk is read in its export.
  private static let mostRows = 5000

  let document: TranscriptDocument
  let corrected: CorrectedTranscript
  let rows: TranscriptRows

  func fill(_ slot: HTMLElement) {
    guard !document.derivations.isEmpty else {
      slot.remove()
      return
    }
    let digest = NumberedRows(corrected.transcript).digest
    for derivation in document.derivations {
      for table in derivation.tables {
        append(table, of: derivation, isStale: derivation.rowsDigest != digest, to: slot)
      }
    }
  }

  private func append(
    _ table: Table,
    of derivation: Derivation,
    isStale: Bool,
    to slot: HTMLElement
  ) {
    let panel = slot.append("details").with("class", "data panel")
    let title = DataTables.title(table.name)
    let summary = panel.append("summary")
    summary.append(text: title + " ")
    summary.append("span", NumberText.grouped(table.rowCount)).with("class", "count")
    let made = panel.append("p").with("class", "aside")
    made.append(text: Self.origin(of: derivation))
    if isStale {
      made.append(text: " ")
      made.append("b", "The transcript has changed since.")
    }
    for finding in derivation.findings where finding.rows.isEmpty && finding.severity != .note {
      panel.append("p", finding.message).with("class", "doubt")
    }
    guard table.rowCount > 0 else {
      panel.append("p", "Nothing was found.").with("class", "aside")
      return
    }
    append(table, derivation.findings, to: panel, title: title)
    if table.rowCount > Self.mostRows {
      let text = "The first \(NumberText.grouped(Self.mostRows)) rows; exports have all of them."
      panel.append("p", text).with("class", "aside")
    }
  }

  /// Who made a table, for how much.
  private static func origin(of derivation: Derivation) -> String {
    let run = derivation.run
    let cost = derivation.cost.billed.map { ", \(PageNumbers.dollars($0))" } ?? ""
    return
      "Machine-made from the rows below: \(run.prompt), \(run.modelVersion ?? run.model)\(cost)."
  }

  private func append(
    _ table: Table,
    _ findings: [Finding],
    to panel: HTMLElement,
    title: String
  ) {
    let box = panel.append("div").with("class", "wide").with("tabindex", "0")
    box.with("role", "region").with("aria-label", title)
    let element = box.append("table")
    element.with("class", "sortable").with("aria-label", title)
    let layout = PanelLayout(table)
    let head = element.append("thead").append("tr")
    for column in layout.columns {
      head.append("th", DataTables.title(table.columns[column].name)).with("scope", "col")
    }
    let doubts = Dictionary(
      findings.flatMap { finding in finding.rows.map { ($0, finding.message) } }
        .filter { $0.0.table == table.name }.map { ($0.0.index, [$0.1]) },
      uniquingKeysWith: +
    )
    let body = element.append("tbody")
    for number in 0..<min(table.rowCount, Self.mostRows) {
      let row = body.append("tr")
      for column in layout.columns {
        let cell = row.append("td")
        if let place = layout.rowColumn[column] {
          append(table[number, column], ofRow: table[number, place], to: cell)
        } else {
          DataTables.append(table[number, column], of: table.columns[column], to: cell)
        }
        guard column == layout.columns.last else { continue }
        for doubt in doubts[number] ?? [] { cell.append("p", doubt).with("class", "doubt") }
      }
      body.append(text: "\n")
    }
  }

  /// A time that leads to its row; the row itself where it has no time.
  private func append(_ time: Cell, ofRow row: Cell, to cell: HTMLElement) {
    guard case .integer(let number) = row, let anchor = rows.anchor(row: number - 1) else {
      cell.append("span", row.rendered).with("class", "count")
      return
    }
    let text = if case .time(let time) = time { time.rendered } else { "row \(number)" }
    cell.append("a", text).with("href", "#" + anchor)
  }
}

/// The columns of a panel: numbers of rows stand behind their times.
private struct PanelLayout {
  let columns: [Int]
  /// The column with the row, for those with the time at which it begins.
  let rowColumn: [Int: Int]

  init(_ table: Table) {
    var rowColumn: [Int: Int] = [:]
    for index in table.columns.indices.dropFirst()
    where table.columns[index].role == .start && table.columns[index - 1].role == .row {
      rowColumn[index] = index - 1
    }
    let hidden = Set(rowColumn.values)
    // How well words agree is said where they do not.
    columns = table.columns.indices.filter {
      !hidden.contains($0) && table.columns[$0].name != "match"
    }
    self.rowColumn = rowColumn
  }
}
