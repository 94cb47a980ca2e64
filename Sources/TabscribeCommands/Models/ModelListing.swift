internal import CommandLineInterface
internal import GeminiAPI
internal import PlainText
internal import RequestPlanning

/// Models for the terminal, a line each.
struct ModelListing {
  let catalog: ModelCatalog
  let platform: ModelPlatform
  let day: CalendarDay

  /// The cards with state, prices and what to know.
  func table(_ cards: [ModelCard]) -> TextTable {
    var table = TextTable([
      .words("model"), .words("state"), .numbers("input"), .numbers("audio"), .numbers("output"),
      .numbers("cached"), .words("thinking", mayShrink: true),
      .words("to know", mayShrink: true),
    ])
    for card in cards {
      let row = card.prices(on: platform, day: day)?.row(.standard, promptTokens: 0)
      let money = { (amount: String?) in amount.map(MoneyText.rendered) ?? "?" }
      table.add([
        card.id, card.status.state.words, money(row.map { "\($0.input)" }),
        money(row.map { "\($0.inputAudio ?? $0.input)" }), money(row.map { "\($0.output)" }),
        money(row.flatMap { $0.cached.map { "\($0)" } }), card.thinking.words, notes(card),
      ])
    }
    return table
  }

  private func notes(_ card: ModelCard) -> String {
    var notes: [String] = catalog.aliases.filter { $0.model == card.id }.map(\.id)
    if let end = card.status.shutdown(on: platform) {
      let successor = card.status.successor.map { ", then \($0)" } ?? ""
      notes.append((end < day ? "shut down \(end)" : "until \(end)") + successor)
    }
    if let end = card.prices(on: platform, day: day)?.through,
      card.nextPrices(on: platform, after: day) != nil
    {
      notes.append("price changes after \(end)")
    }
    if card.mediaIsAssumed { notes.append("media rates assumed") }
    return notes.joined(separator: "; ")
  }
}

extension ModelStatus.State {
  /// The state in words.
  var words: String {
    switch self {
    case .limitedRelease: "limited"
    case .shutDown: "shut down"
    default: rawValue
    }
  }
}

extension ThinkingControl {
  /// What the knob takes, in few words.
  var words: String {
    switch kind {
    case .level where levels.isEmpty: "level"
    case .level: levels.joined(separator: " ")
    case .budget: "budget" + (budgets.map { " \($0.lowerBound)–\($0.upperBound)" } ?? "")
    case .none: "none"
    case .unknown: "?"
    }
  }
}
