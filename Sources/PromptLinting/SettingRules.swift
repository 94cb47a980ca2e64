internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning

/// Whether the model takes a prompt's settings.
struct SettingRules {
  let subject: PromptSubject
  let catalog: ModelCatalog

  var findings: [LintFinding] {
    guard let name = subject.template.metadata.model else { return [] }
    let id = String(name.split(separator: "/").last ?? "")
    guard let card = catalog.resolve(id)?.card else {
      return [subject.finding(.unknownModel, "the model \(id) is not known")]
    }
    return sampling(card) + thinking(card)
  }

  private var config: JSONObject { subject.template.metadata.config }

  private func sampling(_ card: ModelCard) -> [LintFinding] {
    guard card.sampling == .ignored else { return [] }
    return ["temperature", "topP", "topK"].filter { config[$0] != nil }.map { key in
      subject.finding(.settingIgnored, "\(card.id) ignores \(key)")
    }
  }

  private func thinking(_ card: ModelCard) -> [LintFinding] {
    let nested = config["thinkingConfig"]?.object
    let level = (config["thinkingLevel"] ?? nested?["thinkingLevel"])?.string
    let budget = (config["thinkingBudget"] ?? nested?["thinkingBudget"])?.int
    if level != nil, budget != nil {
      return [
        subject.finding(.settingRefused, "thinkingLevel and thinkingBudget exclude each other")
      ]
    }
    if let budget, card.thinking.kind == .budget, let budgets = card.thinking.budgets {
      let isSpecial = budget == -1 || (budget == 0 && card.thinking.canDisable)
      guard !isSpecial, !budgets.contains(budget) else { return [] }
      return [
        subject.finding(
          .settingRefused,
          "thinkingBudget \(budget) does not fit \(card.id), which takes \(budgets.lowerBound) to "
            + "\(budgets.upperBound)"
        )
      ]
    }
    return []
  }
}
