internal import OrderedJSON

extension InteractionRequest {
  /// The same question in the terms of this interface, which keeps nothing of it: what an answer in
  /// several decodes needs is sent again.
  ///
  /// - Throws: ``GeminiError`` with the code `invalidConfiguration` for what has no place here: a
  ///   setting that had no effect would be paid for all the same.
  public init(_ request: GenerateContentRequest) throws {
    try Self.check(request)
    guard let question = request.contents.last, question.role != "model" else {
      throw Self.refused("a conversation that ends with the model's own words")
    }
    self.init(input: question.parts)
    store = false
    earlierTurns = Array(request.contents.dropLast())
    if let level = request.generationConfig?.mediaResolution { setResolution(level) }
    let system = request.systemInstruction?.parts.compactMap(\.text) ?? []
    if !system.isEmpty { systemInstruction = system.joined(separator: "\n") }
    generationConfig = request.generationConfig
    continuationToken = request.continuationToken
    serviceTier = request.serviceTier
    safetySettings = request.safetySettings
    tools = request.tools
    labels = request.labels
  }

  /// This interface has no resolution for the whole request; a part's own goes first.
  private mutating func setResolution(_ level: MediaResolution) {
    func set(_ parts: inout [Part]) {
      for index in parts.indices {
        switch parts[index].payload {
        case .fileData, .inlineData:
          parts[index].mediaResolution = parts[index].mediaResolution ?? level
        case .text, .other, .none: break
        }
      }
    }
    set(&input)
    for index in earlierTurns.indices { set(&earlierTurns[index].parts) }
  }

  private static func check(_ request: GenerateContentRequest) throws {
    if request.cachedContent != nil { throw refused("an explicit cache") }
    if request.toolConfig != nil { throw refused("a tool configuration") }
    guard let config = request.generationConfig else { return }
    if config.thinkingConfig?.thinkingBudget != nil { throw refused("a thinking budget") }
    if config.topK != nil { throw refused("topK") }
    if config.responseSchema != nil { throw refused("a response schema in OpenAPI's terms") }
  }

  private static func refused(_ what: String) -> GeminiError {
    GeminiError(
      .invalidConfiguration,
      "the Interactions API does not take \(what)",
      remedy: "leave it out, or send with the setting api generate-content"
    )
  }
}
