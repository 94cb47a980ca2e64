internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning

/// What was expected against what was billed, for the terminal.
struct ReconciliationListing {
  let reconciliation: Reconciliation

  /// A line with hits and money, the tokens by kind, then a line for each request that differs.
  var lines: [String] {
    guard !reconciliation.lines.isEmpty else { return [] }
    return [summary] + tokens
      + reconciliation.lines.flatMap(\.reasons).map { " \(SafeText.line($0))" }
  }

  private var summary: String {
    let hits = reconciliation
    var parts: [String] = []
    if hits.expectedHits + hits.achievedHits > 0 {
      parts.append("cache hits: \(hits.expectedHits) predicted, \(hits.achievedHits) achieved")
    }
    let expected = hits.expectedCost.map { MoneyText.rendered($0) } ?? "?"
    let billed = hits.billedCost.map { MoneyText.rendered($0) } ?? "?"
    parts.append("USD: \(expected) estimated, \(billed) billed")
    return " " + parts.joined(separator: " · ")
  }

  private var tokens: [String] {
    var table = TextTable([
      .words("tokens"), .numbers("estimated"), .numbers("billed"), .numbers("of estimate"),
    ])
    for kind in reconciliation.tokens where kind.expected + kind.billed > 0 {
      table.add([
        kind.kind, NumberText.grouped(kind.expected), NumberText.grouped(kind.billed),
        kind.expected > 0 ? NumberText.percent(Double(kind.billed) / Double(kind.expected)) : "",
      ])
    }
    return table.lines(width: nil).map { "  " + $0 }
  }
}
