internal import Digests
internal import HostSystem
internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Runs a method of a model.
  func runModel(
    _ call: inout Call,
    _ route: Route,
    _ id: String,
    _ verb: String
  ) async throws
    -> HTTPReply
  {
    let model = try model(id, route, verb)
    call.record.model = model.id
    switch verb {
    case "generateContent": return try await generate(&call, route, model, id)
    case "streamGenerateContent": return try await stream(&call, route, model, id)
    case "batchGenerateContent": return try createBatch(call, route, model, id)
    case "countTokens": return try await countTokens(&call, route, model, id)
    default: throw Self.unknownModel(id, route, verb)
    }
  }

  private func model(
    _ id: String,
    _ route: Route,
    _ verb: String
  ) throws(ServiceError)
    -> EmulatedModel
  {
    guard let model = EmulatedModel.named(id, version: route.version) else {
      throw Self.unknownModel(id, route, verb)
    }
    return model
  }

  static func unknownModel(_ id: String, _ route: Route, _ verb: String) -> ServiceError {
    switch route.backend {
    case .aiStudio:
      .notFound(
        "models/\(id) is not found for API version \(route.version), or is not supported for "
          + "\(verb). Call ModelService.ListModels to see the list of available models and their "
          + "supported methods."
      )
    case .agentPlatform:
      .notFound(
        "Publisher Model `\(route.scope.map { $0 + "/" } ?? "")publishers/google/models/\(id)` was "
          + "not found or your project does not have access to it. Please ensure you are using a "
          + "valid model version."
      )
    }
  }

  /// What reads generations for a model, once the media within a body have been looked at.
  func reader(
    _ route: Route,
    _ model: EmulatedModel,
    _ id: String,
    of body: JSONObject
  ) async -> GenerationReader {
    await examineMedia(in: .object(body))
    let now = clock.now
    return GenerationReader(
      model: model,
      modelName: id,
      backend: route.backend,
      version: route.version,
      resolver: MediaResolver(
        options: options,
        files: files,
        examined: examined.withLock { $0 },
        backend: route.backend,
        now: now
      ),
      cache: { [self] id in caches.cache(id, scope: route.scope, at: now) }
    )
  }

  /// Identifies a prompt: the model and the body as it was sent.
  func digest(_ model: String, _ body: [UInt8]) -> String {
    let hash = SHA256()
    hash.update(model.utf8)
    hash.update(body)
    return SHA256.hexadecimal(hash.finalize())
  }

  private func generate(
    _ call: inout Call,
    _ route: Route,
    _ model: EmulatedModel,
    _ id: String
  ) async throws -> HTTPReply {
    let digest = digest(model.id, call.request.body)
    call.record.digest = digest
    let body = try call.message("GenerateContentRequest", route.backend)
    let request = try await reader(route, model, id, of: body).read(body, digest: digest)
    let fault = faults.fault(for: .generate, model: model.id, key: digest)
    call.record.fault = fault?.kind.rawValue
    if let fault, let reply = try await replyInstead(fault, call, model) { return reply }
    let generation = await answer(request, fault, isStreamed: false)
    let bytes = fault.damaged(generation.response).renderedBytes()
    call.record.isAnswered = generation.isBillable && !FaultyStream.damages(fault)
    if let fault, let reply = DamagedBody(fault, bytes).reply(type: "application/json") {
      return reply
    }
    return HTTPReply(
      status: 200,
      headers: ["Content-Type": "application/json; charset=UTF-8"],
      body: .bytes(bytes)
    )
  }

  /// Answers a request after the time its model takes.
  func answer(
    _ request: GenerationRequest,
    _ fault: Fault?,
    isStreamed: Bool
  ) async -> Generation {
    var request = request
    request.isStreamed = isStreamed
    var timeline = Timeline(on: clock)
    let generation = generator.generation(for: request, fault: fault, at: timeline.position)
    await timeline.pass(seconds: generation.prefillSeconds)
    implicitCache.remember(request, from: timeline.position)
    await timeline.pass(seconds: generation.outputSeconds(tokens: generation.usage.candidates))
    return generation
  }

  /// Faults that take the place of an answer: errors, and waiting until the client has left.
  func replyInstead(_ fault: Fault, _ call: Call, _ model: EmulatedModel) async throws -> HTTPReply?
  {
    if let reply = fault.replyInstead(model: model.id) { return reply }
    guard fault.hangs else { return nil }
    while !call.request.client.isClosedByClient, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(50))
    }
    return HTTPReply(status: 0, body: .dropped)
  }
}

extension Generation {
  /// Whether the service would count this as an answer.
  var isBillable: Bool { blockReason == nil && finishReason != nil }

  /// Seconds until the first word: a fifth of a second, the prompt, and the thoughts; cached tokens are
  /// read ten times as fast.
  var prefillSeconds: Double {
    let pace = request.model.pace
    let fresh = Double(usage.prompt.total - usage.cached.total)
    return 0.2 + (fresh + Double(usage.cached.total) / 10) / pace.prefill
      + outputSeconds(tokens: usage.thoughts)
  }

  /// Seconds that an output of so many tokens takes.
  func outputSeconds(tokens: Int) -> Double {
    Double(tokens) / (outputRate ?? request.model.pace.output)
  }
}
