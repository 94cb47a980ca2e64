internal import PlainText
internal import TranscriptModel

/// Tables that are neither rows nor speakers: sounds, quotes, whatever a schema asks for.
struct DataTables {
  /// The tables to show, in schema order.
  let tables: [Table]

  /// The further tables of a document.
  init(_ document: TranscriptDocument) { tables = document.furtherTables }

  var isEmpty: Bool { tables.isEmpty }

  func fill(_ slot: HTMLElement) {
    guard !isEmpty else {
      slot.remove()
      return
    }
    for (number, table) in tables.enumerated() { append(table, number: number + 1, to: slot) }
  }

  private func append(_ table: Table, number: Int, to slot: HTMLElement) {
    let id = "table-\(number)"
    let section = slot.append("section").with("class", "data").with("aria-labelledby", id)
    let heading = section.append("h2", Self.title(table.name) + " ").with("id", id)
    heading.append("span", NumberText.grouped(table.rowCount)).with("class", "count")
    guard table.rowCount > 0 else {
      section.append("p", "No rows.").with("class", "aside")
      return
    }
    let element = section.append("div").with("class", "wide").append("table")
    element.with("class", "sortable").with("aria-labelledby", id)
    let head = element.append("thead").append("tr")
    for column in table.columns {
      let cell = head.append("th", Self.title(column.name)).with("scope", "col")
      if Self.isNumeric(column) { cell.with("class", "n") }
    }
    appendRows(of: table, to: element.append("tbody"))
  }

  private func appendRows(of table: Table, to body: HTMLElement) {
    for number in 0..<table.rowCount {
      let row = body.append("tr")
      for (index, column) in table.columns.enumerated() {
        Self.append(table[number, index], of: column, to: row.append("td"))
      }
      body.append(text: "\n")
    }
  }

  /// A cell of model text; times lead to their place.
  static func append(_ value: Cell, of column: Column, to cell: HTMLElement) {
    if isNumeric(column) { cell.with("class", "n") }
    switch value {
    case .missing: cell.append("span", "?").with("class", "count")
    case .time(let time):
      cell.append("a", time.rendered).with("href", "#t=" + PageNumbers.seconds(time))
    case .invalid(let text): cell.append(text: text).with("class", "error")
    case .text(let text):
      cell.with("dir", "auto")
      MarkedText.append(linkingTimes: text, to: cell)
    case .integer, .number, .boolean: cell.append(text: value.rendered)
    }
  }

  private static func isNumeric(_ column: Column) -> Bool {
    column.type == .integer || column.type == .number
  }

  /// A name of the schema as a heading: `key_quotes` becomes `Key quotes`.
  static func title(_ name: String) -> String {
    let words = name.split(whereSeparator: { $0 == "_" || $0 == "-" }).joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
