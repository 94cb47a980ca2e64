internal import PlainText

/// A transcript in a list, of a library or a collection: the same cells in the same order.
struct CatalogueRow {
  var title: String
  /// Where its page is; `nil` where there is none.
  var address: String?
  /// When it was recorded, RFC 3339; `nil` when that is not known.
  var recordedAt: String?
  /// The length as a time code; `nil` when it is not known.
  var length: String?
  var prompt: String
  var model: String
  var speakerCount: Int
  /// The names of those who speak; `nil` leaves the cell out.
  var who: String?
  var rowCount: Int
  var checkedCount: Int
  var findingCount: Int
  var status: String
  /// What it cost in US dollars, or why it cost nothing.
  var cost: String
  /// When it was made, as it is shown.
  var made: String

  func append(to body: HTMLElement) {
    let row = body.append("tr")
    let name = row.append("th").with("scope", "row").with("dir", "auto")
    if let address {
      name.append("a", title).with("href", address)
    } else {
      name.append(text: title)
    }
    let recorded = row.append("td", recordedAt.map { String($0.prefix(10)) } ?? "")
    recorded.with("data-before", "recorded")
    number(length ?? "", in: row)
    row.append("td", prompt)
    row.append("td", model)
    number(speakerCount > 0 ? NumberText.grouped(speakerCount) : "", in: row)
      .with("data-unit", speakerCount == 1 ? "speaker" : "speakers")
    if let who { row.append("td", who).with("class", "who").with("dir", "auto") }
    let rows = NumberText.grouped(rowCount)
    number(rowCount > 0 ? "\(NumberText.grouped(checkedCount)) of \(rows)" : "", in: row)
      .with("data-v", String(checkedCount)).with("data-unit", "rows checked")
    number(findingCount > 0 ? NumberText.grouped(findingCount) : "", in: row)
      .with("data-unit", findingCount == 1 ? "finding" : "findings")
    row.append("td", status).with("class", status)
    let price = number(cost, in: row)
    if cost.first?.isNumber == true { price.with("data-unit", "USD") }
    row.append("td", made).with("data-before", "made")
    body.append(text: "\n")
  }

  @discardableResult
  private func number(_ text: String, in row: HTMLElement) -> HTMLElement {
    row.append("td", text).with("class", "n")
  }
}
