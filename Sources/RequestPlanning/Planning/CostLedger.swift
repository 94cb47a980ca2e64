/// Adds up what many requests cost.
///
/// Cost is linear in the tokens of one price row, so tokens are added as whole numbers and each row
/// is priced once: exact, and a hundred times faster than adding decimal amounts.
struct CostLedger {
  private struct Account {
    var prompt = BilledTokens()
    var output = TokenRange.zero
  }

  /// By the index of the prices, then by row.
  private var accounts: [[Account]] = []

  mutating func add(_ tokens: TokenEstimate, cached: Int, index: Int, prices: CostCalculator) {
    while accounts.count <= index { accounts.append([]) }
    while accounts[index].count < prices.rows.count { accounts[index].append(Account()) }
    let row = prices.rowIndex(promptTokens: tokens.input)
    accounts[index][row].prompt += BilledTokens(prompt: tokens, cached: cached)
    accounts[index][row].output = accounts[index][row].output + tokens.billedOutput
  }

  /// The cost of everything added, by the prices of each index.
  func total(_ prices: (Int) -> CostCalculator?) -> CostRange {
    var total = CostRange.zero
    for (index, rows) in accounts.enumerated() {
      guard let prices = prices(index) else { continue }
      for (account, row) in zip(rows, prices.rows) {
        total = total + prices.cost(prompt: account.prompt, output: account.output, row: row)
      }
    }
    return total
  }
}
