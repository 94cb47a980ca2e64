internal import CommandLineInterface
internal import RequestPlanning

/// What was expected against what was billed, for the terminal.
struct ReconciliationListing {
  let reconciliation: Reconciliation

  /// A line with hits and money, then a line for each request that differs.
  var lines: [String] {
    guard !reconciliation.lines.isEmpty else { return [] }
    return [summary] + reconciliation.lines.flatMap(\.reasons).map { " \(SafeText.line($0))" }
  }

  private var summary: String {
    let hits = reconciliation
    var parts: [String] = []
    if hits.expectedHits + hits.achievedHits > 0 {
      parts.append("cache hits: \(hits.expectedHits) predicted, \(hits.achievedHits) achieved")
    }
    let expected = hits.expectedCost.map { MoneyText.rendered("\($0)") } ?? "?"
    let billed = hits.billedCost.map { MoneyText.rendered("\($0)") } ?? "?"
    parts.append("USD: \(expected) estimated, \(billed) billed")
    return " " + parts.joined(separator: " · ")
  }
}
