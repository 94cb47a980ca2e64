internal import OrderedJSON

extension GenerationReader {
  /// Checks the settings against the model.
  func checkConfig(_ config: JSONValue) throws(ServiceError) {
    if let count = config["candidateCount"]?.int, count != 1 {
      throw .invalid("Only one candidate can be specified")
    }
    let most = model.longOutputLimit ?? model.outputLimit
    if let limit = config["maxOutputTokens"]?.int, !(1...most).contains(limit) {
      throw .invalid(
        "Unable to submit request because it has a maxOutputTokens value of \(limit) but the "
          + "supported range is from 1 (inclusive) to \(most + 1) (exclusive). "
          + "Update the value and try again."
      )
    }
    try checkRange(config, "temperature", 0...2)
    try checkRange(config, "topP", 0...1)
    try checkRange(config, "topK", 1...1000)
    guard (config["stopSequences"]?.array?.count ?? 0) <= 5 else {
      throw .invalid("The number of stop_sequences must be at most 5.")
    }
    if let type = config["responseMimeType"]?.string,
      !["", "text/plain", "application/json", "text/x.enum", "application/xml"].contains(type)
    {
      throw .invalid(
        "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are "
          + "`text/plain`, `application/json`, `application/xml`, `text/x.enum`.\n"
      )
    }
    try checkThinking(config["thinkingConfig"])
  }

  private func checkRange(
    _ config: JSONValue,
    _ field: String,
    _ range: ClosedRange<Double>
  )
    throws(ServiceError)
  {
    guard let value = config[field]?.double, !range.contains(value) else { return }
    throw .invalid(
      "* GenerateContentRequest.generation_config.\(field.snakeCased): \(field.snakeCased) must be "
        + "in the range [\(range.lowerBound), \(range.upperBound)].\n"
    )
  }

  private func checkThinking(_ thinking: JSONValue?) throws(ServiceError) {
    let level = thinking?["thinkingLevel"]?.string
    let budget = thinking?["thinkingBudget"]?.int
    if level != nil, budget != nil {
      throw .invalid("You can only set only one of thinking budget and thinking level.")
    }
    switch model.thinking {
    case .none:
      if level != nil || budget != nil {
        throw .invalid("Thinking is not enabled for models/\(modelName)")
      }
    case .budget(let range, let canDisable, _):
      if level != nil { throw .invalid("Thinking level is not supported for this model.") }
      guard let budget, budget != -1, !(canDisable && budget == 0) else { return }
      guard range.contains(budget), budget > 0 else {
        throw .invalid(
          "The thinking budget \(budget) is invalid. Please choose a value between "
            + "\(max(1, range.lowerBound)) and \(range.upperBound)."
        )
      }
    case .level(let levels, _):
      guard let level, level != "THINKING_LEVEL_UNSPECIFIED", !levels.contains(level) else {
        return
      }
      throw .invalid("Thinking level \(level) is not supported for this model.")
    }
  }

  /// Tokens the emulated model thinks: round numbers of its own, a power of two for each level.
  func thoughtTokens(_ thinking: JSONValue?) -> Int {
    switch model.thinking {
    case .none: return 0
    case .budget(_, _, let standard):
      let budget = thinking?["thinkingBudget"]?.int ?? standard
      return budget < 0 ? 512 : min(budget, 512)
    case .level(_, let standard):
      let asked = thinking?["thinkingLevel"]?.string
      if let budget = thinking?["thinkingBudget"]?.int {
        return budget < 0 ? 256 : min(budget, 512)
      }
      let levels = ["MINIMAL": 0, "LOW": 64, "MEDIUM": 256, "HIGH": 1024, "XHIGH": 2048]
      return levels[asked ?? standard] ?? levels[standard] ?? 0
    }
  }
}
