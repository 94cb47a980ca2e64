internal import OrderedJSON

extension GeminiClient {
  /// Asks a question and waits for the answer; an interrupted answer is taken up.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func createInteraction(
    _ request: InteractionRequest,
    model: String,
    options: CallOptions = CallOptions()
  ) async throws -> Interaction {
    var call = Call(options, timing: timing, model: model)
    var request = request
    var text = ""
    var usage: UsageMetadata?
    var hops = 0
    while true {
      let built = try requests.createInteraction(request, model: model, isStreamed: false)
      let response = try await send(built, &call)
      let bytes = try await collect(response, of: built, tap: options.onReply)
      var answer = Interaction(json: try document(bytes, of: built))
      text += answer.text
      usage = Self.sum(usage, answer.usageMetadata)
      guard let token = answer.continuationToken, token != request.continuationToken,
        answer.status == .requiresContinuation, hops < hopLimit
      else {
        answer.text = text
        answer.usageMetadata = usage
        return answer
      }
      hops += 1
      try options.mayGoOn?(usage)
      request = Self.continuation(of: request, id: answer.id, token)
    }
  }

  static func sum(_ left: UsageMetadata?, _ right: UsageMetadata?) -> UsageMetadata? {
    guard let left, let right else { return left ?? right }
    return left + right
  }

  /// What is kept at the service need not be sent again.
  static func continuation(
    of request: InteractionRequest,
    id: String,
    _ token: String
  )
    -> InteractionRequest
  {
    var next = request
    next.continuationToken = token
    if request.store != false, !id.isEmpty {
      next.previousInteractionID = id
      next.earlierTurns = []
      next.input = []
    }
    return next
  }

  /// Asks a question and hands the answer out as it is written.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func streamInteraction(
    _ request: InteractionRequest,
    model: String,
    options: CallOptions = CallOptions()
  ) async throws -> InteractionStream {
    var call = Call(options, timing: timing, model: model)
    return try await streamInteraction(request, model: model, &call)
  }

  func streamInteraction(
    _ request: InteractionRequest,
    model: String,
    _ call: inout Call
  ) async throws -> InteractionStream {
    let built = try requests.createInteraction(request, model: model, isStreamed: true)
    let response = try await send(built, &call)
    try await call.options.onReply?(.began(status: response.status))
    return InteractionStream(
      reader: InteractionReader(body: response.body, client: self, options: call.options)
    )
  }

  /// Asks about an interaction.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func interaction(
    _ id: String,
    options: CallOptions = CallOptions()
  ) async throws -> Interaction {
    Interaction(json: try await json(try requests.interaction(id), options))
  }

  /// Stops an interaction.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func cancelInteraction(
    _ id: String,
    options: CallOptions = CallOptions()
  ) async throws -> Interaction {
    Interaction(json: try await json(try requests.cancelInteraction(id), options))
  }

  /// Removes an interaction.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func deleteInteraction(_ id: String, options: CallOptions = CallOptions()) async throws {
    _ = try await json(try requests.deleteInteraction(id), options)
  }
}
