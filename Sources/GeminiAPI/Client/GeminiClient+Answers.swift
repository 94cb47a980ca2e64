extension GeminiClient {
  /// Asks for an answer that is handed out as it is written, through the interface that the
  /// configuration names; chunks are alike for all of them.
  ///
  /// - Throws: ``GeminiError``, with the code `invalidConfiguration` for a setting that the
  ///   interface has no place for; `CancellationError`.
  public func streamAnswer(
    _ request: GenerateContentRequest,
    model: String,
    options: CallOptions = CallOptions()
  ) async throws -> GenerateContentStream {
    switch configuration.api {
    case .generateContent:
      return try await streamGenerateContent(request, model: model, options: options)
    case .interactions:
      let reader = AnswerReader(
        client: self,
        question: .interaction(try InteractionRequest(request), model: model),
        call: Call(options, timing: timing, model: model)
      )
      try await reader.open()
      return GenerateContentStream(reader: reader)
    }
  }
}

extension GeminiRequests {
  /// Asks for an answer through the interface that the configuration names.
  ///
  /// - Throws: ``GeminiError`` when the model's name is malformed, or for a setting that the
  ///   interface has no place for.
  public func answer(
    _ request: GenerateContentRequest,
    model: String,
    isStreamed: Bool
  ) throws -> HTTPRequest {
    switch configuration.api {
    case .generateContent:
      try generateContent(request, model: model, isStreamed: isStreamed)
    case .interactions:
      try createInteraction(
        InteractionRequest(request),
        model: model,
        isStreamed: isStreamed
      )
    }
  }
}
