internal import GeminiAPI
internal import RequestPlanning

/// How much thinking is asked of a model that may not offer what a prompt wishes.
///
/// The level of a prompt is a wish, since prompts outlive models; the level of the user is an order.
struct ThinkingFit {
  /// The thinking to ask for; `nil` leaves the request as it is.
  private(set) var config: ThinkingConfig?
  /// What a person should know of it.
  private(set) var notice: String?

  /// - Parameters:
  ///   - asked: What the user said.
  ///   - config: What the request has, the prompt's wish included.
  ///   - card: The model's card; without one everything goes as it is.
  /// - Throws: ``TranscriptionError`` with the code `invalidSettings` for an order that the model
  ///   refuses.
  init(
    asked: ThinkingSetting,
    config: ThinkingConfig?,
    card: ModelCard?,
    prompt: String
  ) throws(TranscriptionError) {
    guard let card, let level = config?.thinkingLevel else { return }
    if case .level(let ordered) = asked {
      guard let objection = card.thinking.objection(toLevel: ordered.name) else { return }
      throw TranscriptionError(
        .invalidSettings,
        "The thinking level \(ordered.name) cannot be asked of \(card.id): \(objection).",
        remedy:
          "Leave the setting thinkingLevel out, or choose another model; tabscribe models show "
          + "\(card.id) tells what it takes."
      )
    }
    let fitted = card.thinking.fitted(level)
    guard fitted != .level(level) else { return }
    var changed = config ?? ThinkingConfig()
    changed.thinkingLevel = nil
    switch fitted {
    case .level(let level): changed.thinkingLevel = level
    case .budget(let tokens): changed.thinkingBudget = tokens
    case .automatic, nil: break
    }
    self.config = changed
    notice =
      "The prompt \(prompt) wishes thinking level \(level.name), which \(card.id) does not take: "
      + Self.words(fitted)
  }

  private static func words(_ setting: ThinkingSetting?) -> String {
    switch setting {
    case .level(let level): "\(level.name) is asked for."
    case .budget(0): "its thinking is switched off."
    case .budget(let tokens): "a budget of \(tokens) tokens is asked for."
    case .automatic, nil: "it does not think."
    }
  }
}
