/// A table of figures with its heading, as comparisons and labs have them.
struct PageTable {
  private let table: HTMLComparison.Table

  init(_ table: HTMLComparison.Table) { self.table = table }

  func append(to box: HTMLElement) {
    let section = box.append("section")
    section.append("h2", table.title)
    let body = section.append("div").with("class", "wide").append("table")
      .with("class", table.isNumeric ? "figures numeric" : "figures")
      .with("aria-label", table.title)
    let head = body.append("thead").append("tr")
    for column in table.columns { head.append("th", column).with("scope", "col") }
    let rows = body.append("tbody")
    for cells in table.rows {
      let row = rows.append("tr")
      for (index, cell) in cells.enumerated() {
        let element =
          index == 0 ? row.append("th", cell).with("scope", "row") : row.append("td", cell)
        element.with("dir", "auto")
      }
    }
  }
}
