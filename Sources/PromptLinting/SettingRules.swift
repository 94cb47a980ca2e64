internal import GeminiAPI
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
    return objections(card) + contradiction
  }

  private var config: JSONObject { subject.template.metadata.config }
  private var level: String? {
    (config["thinkingLevel"] ?? config["thinkingConfig"]?["thinkingLevel"])?.string
  }
  private var budget: Int? {
    (config["thinkingBudget"] ?? config["thinkingConfig"]?["thinkingBudget"])?.int
  }

  /// What the prompt's own model does not take; with other models its wishes are fitted.
  private func objections(_ card: ModelCard) -> [LintFinding] {
    var demands = ModelDemands()
    demands.sampling = ["temperature", "topP", "topK"].filter { config[$0] != nil }
    demands.resolution = config["mediaResolution"]?.string.map(MediaResolution.init(name:))
    demands.showsPictures = config["contentLayers"] == nil
    demands.maxOutputTokens = config["maxOutputTokens"]?.int
    if let level { demands.thinking = .level(.init(name: level)) }
    if let budget { demands.thinking = .budget(budget) }
    return card.objections(to: demands).compactMap { objection in
      switch objection.subject {
      case .sampling(let key) where !objection.isRefused:
        guard card.sampling == .ignored else { return nil }
        return subject.finding(.settingIgnored, "\(card.id) ignores \(key)")
      // A level is a wish, which is fitted to the model that is asked.
      case .thinking where budget == nil:
        return subject.finding(
          .settingIgnored,
          "\(card.id) does not think as \(level ?? "") says: \(objection.reason)"
        )
      default:
        return subject.finding(.settingRefused, "\(card.id) refuses it: \(objection.reason)")
      }
    }
  }

  private var contradiction: [LintFinding] {
    guard level != nil, budget != nil else { return [] }
    return [
      subject.finding(.settingRefused, "thinkingLevel and thinkingBudget exclude each other")
    ]
  }
}
