internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning

/// A grid of settings for the terminal: a line for each combination, the cheapest marked.
struct WhatIfListing {
  let grid: WhatIf

  /// The combinations with what the requests come to.
  var table: TextTable {
    var table = TextTable([
      .words("settings"), .numbers("input tokens"), .numbers("output"), .numbers("USD"),
      .words("", mayShrink: true),
    ])
    let cheapest = grid.cells.filter { $0.problem == nil }
      .compactMap { $0.total?.cost?.cached.expected }.min()
    for cell in grid.cells {
      let cost = cell.total?.cost
      let output = cell.total?.outputTokens
      let isCheapest =
        cell.problem == nil && cheapest != nil && cost?.cached.expected == cheapest
      table.add([
        cell.title,
        cell.total.map { NumberText.grouped($0.inputTokens) } ?? "?",
        output.map {
          NumberText.range(NumberText.compact($0.low), NumberText.compact($0.high))
        } ?? "?",
        cost.map { PlanListing.money($0.cached) } ?? "?",
        cell.problem ?? (isCheapest ? "cheapest" : ""),
      ])
    }
    return table
  }
}
