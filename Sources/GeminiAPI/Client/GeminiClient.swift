internal import OrderedJSON

/// A client of the Gemini API: generation, files, models, with retries and deadlines.
public struct GeminiClient: Sendable {
  /// Whom the client talks to.
  public let configuration: GeminiConfiguration
  /// Builds the requests the client sends.
  public let requests: GeminiRequests
  /// When a request that failed is sent again.
  public var retryPolicy = RetryPolicy()
  /// The most bytes of a reply, all its hops together.
  public var replyLimit = 64 << 20
  /// How often an answer that the service interrupts is taken up.
  public var hopLimit = 100

  /// Where others learn that a quota is used up, and from where; `nil` where this client is alone.
  public var paceNotes: (any PaceNotes)?

  /// Reads objects in buckets that the service does not fetch; `nil` where that is not done.
  public var objects: (any ObjectReading)?

  /// What must never be shown or kept: the key, and every token that is given for it.
  public let secrets: KnownSecrets

  let transport: any HTTPTransport
  let timing: ClientTiming
  let pacer = ModelPacer()
  let counterpart = Counterpart()
  let tokens: AccessTokenSource?

  /// A client.
  ///
  /// - Parameter secrets: Gets the key and every token, and may hold more; nothing of it is left
  ///   in replies and errors, even if the service repeats it.
  public init(
    configuration: GeminiConfiguration,
    transport: any HTTPTransport,
    timing: ClientTiming = .system,
    secrets: KnownSecrets = KnownSecrets()
  ) {
    secrets.add(configuration.credentials.secrets)
    self.configuration = configuration
    self.secrets = secrets
    self.transport = RedactingTransport(transport, secrets)
    self.timing = timing
    requests = GeminiRequests(configuration: configuration)
    if transport.needsCredentials,
      case .applicationDefault(let location) = configuration.credentials
    {
      tokens = AccessTokenSource(
        location: location,
        transport: transport,
        timing: timing,
        secrets: secrets
      )
    } else {
      tokens = nil
    }
  }

  /// Whether an emulator has answered, which bills nothing.
  public var isEmulated: Bool { counterpart.isEmulator }

  /// Makes sure that requests can be sent; a replay needs no credentials.
  ///
  /// - Throws: ``GeminiError`` with the code `missingCredentials`.
  public func requireCredentials() throws {
    if transport.needsCredentials { try configuration.requireCredentials() }
  }

  /// Asks for an answer in one piece.
  ///
  /// An answer that the service interrupts is taken up until it is complete. An answer without
  /// candidates and without a reason is asked for twice more, after a wait; all of them count.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func generateContent(
    _ request: GenerateContentRequest,
    model: String,
    options: CallOptions = CallOptions()
  ) async throws -> GenerateContentResponse {
    var call = Call(options, timing: timing, model: model)
    var hops = ContinuationMerger()
    var request = request
    var empty: [UsageMetadata] = []
    while true {
      let built = try requests.generateContent(request, model: model, isStreamed: false)
      let answer = GenerateContentResponse(
        json: try await generation(built, &call, isAgain: !empty.isEmpty)
      )
      if answer.isEmpty {
        empty.append(answer.usageMetadata ?? UsageMetadata())
        let error = GeminiError(
          .emptyResponse,
          "the service answered three times without text or reason"
        )
        guard empty.count < 3 else { throw error }
        try await pause(after: error, built, call)
        continue
      }
      guard let token = hops.add(answer) else { return hops.merged(billedBefore: empty) }
      guard hops.count < hopLimit else { return hops.merged(billedBefore: empty) }
      try options.mayGoOn?(hops.merged.usageMetadata)
      request.continuationToken = token
    }
  }

  /// Sends a generation and reads its reply.
  ///
  /// Once words of it have come it is not asked for again, since it is billed. A failure in place of
  /// an answer is one of the request.
  private func generation(
    _ built: HTTPRequest,
    _ call: inout Call,
    isAgain: Bool
  ) async throws -> JSONValue {
    var isAgain = isAgain
    while true {
      let response = try await send(built, &call, isAgain: isAgain)
      var bytes: [UInt8] = []
      do {
        try await collect(response, of: built, tap: call.options.onReply, into: &bytes)
        return try document(bytes, of: built)
      } catch let error as GeminiError
        where retryPolicy.isTransient(error) && (bytes.isBlank || error.code != .connection)
      {
        try await pause(after: error, built, call)
        isAgain = true
      }
    }
  }

  /// Asks for the number of tokens of a prompt; free of charge.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func countTokens(
    _ request: GenerateContentRequest,
    model: String,
    options: CallOptions = CallOptions()
  ) async throws -> CountTokensResponse {
    let built = try requests.countTokens(request, model: model)
    return CountTokensResponse(json: try await json(built, options))
  }

  /// Asks what the service says about a model.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func model(
    _ name: String,
    options: CallOptions = CallOptions()
  ) async throws -> GeminiModel {
    let value = try await json(try requests.model(name), options)
    guard let model = GeminiModel(json: value) else { throw Self.nameless("model") }
    return model
  }

  /// Asks for a page of the models.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func models(
    pageSize: Int? = nil,
    pageToken: String? = nil,
    options: CallOptions = CallOptions()
  ) async throws -> Page<GeminiModel> {
    let value = try await json(requests.models(pageSize: pageSize, pageToken: pageToken), options)
    let listed = value["models"] ?? value["publisherModels"]
    return Page(
      elements: listed?.array?.compactMap(GeminiModel.init(json:)) ?? [],
      nextPageToken: Self.pageToken(value)
    )
  }

  static func pageToken(_ value: JSONValue) -> String? {
    WireObject(value)?.string("nextPageToken").flatMap { $0.isEmpty ? nil : $0 }
  }

  static func nameless(_ what: String) -> GeminiError {
    GeminiError(.malformedResponse, "the service described a \(what) without its name")
  }
}

extension [UInt8] {
  /// Whether there is nothing but white space.
  fileprivate var isBlank: Bool { allSatisfy { $0 <= 0x20 } }
}
