internal import OrderedJSON

/// Reads a streamed answer, over as many hops as it takes.
actor GenerateContentReader: ChunkReader {
  /// Reconnections without a chunk in between before the answer is given up.
  private static let reconnectionLimit = 3

  /// The safety ratings of candidates, most of a small chunk and of no use to a reader.
  private static let ratings = JSONValue.Member("safetyRatings", depth: 3)

  private let client: GeminiClient
  private let model: String
  private var request: GenerateContentRequest
  private var call: Call
  private var body: HTTPBody.AsyncIterator?
  private var decoder = ServerSentEventDecoder()
  private var waiting: ArraySlice<GenerateContentResponse> = []
  private var hop = HopState()
  private var usageOfEarlierHops: UsageMetadata?
  private var hasRetriedEmptyAnswer = false
  private var reconnections = 0

  init(client: GeminiClient, model: String, request: GenerateContentRequest, call: Call) {
    self.client = client
    self.model = model
    self.request = request
    self.call = call
  }

  /// Sends the request and waits until the answer begins.
  func open() async throws {
    let built = try client.requests.generateContent(request, model: model, isStreamed: true)
    var call = call
    let response = try await client.send(built, &call)
    self.call = call
    try await call.options.onReply?(.began(status: response.status))
    body = response.body.makeAsyncIterator()
    decoder = ServerSentEventDecoder(limit: client.replyLimit)
    hop = HopState()
  }

  func next() async throws -> GenerateContentResponse? {
    do {
      while waiting.isEmpty {
        guard var body else { return nil }
        if let piece = try await body.next() {
          try await call.options.onReply?(.bytes(piece))
          waiting += try chunks(in: decoder.feed(piece))
        } else if hop.isEnded {
          guard try await nextHop() else { return nil }
        } else {
          waiting += try chunks(in: decoder.finish())
          hop.isEnded = true
        }
      }
    } catch let error as TransportError {
      try await reconnect(after: error)
      return try await next()
    } catch {
      body = nil
      throw error
    }
    return waiting.popFirst().map(accept)
  }

  /// Notes what a chunk says about the answer, and fits it into the whole.
  private func accept(_ chunk: GenerateContentResponse) -> GenerateContentResponse {
    var chunk = chunk
    hop.add(chunk)
    reconnections = 0
    if let earlier = usageOfEarlierHops, let usage = chunk.usageMetadata {
      chunk.usageMetadata = earlier + usage
    }
    if chunk.finishReason == .continuation, nextToken != nil {
      chunk.candidates[0].finishReason = nil
    }
    return chunk
  }

  /// The token that takes the answer up; `nil` when there is none or it would not go on.
  private var nextToken: String? {
    hop.token.flatMap { $0 == request.continuationToken ? nil : $0 }
  }

  /// Goes on after the end of a hop; `false` when the answer is complete.
  private func nextHop() async throws -> Bool {
    if hop.finishReason == .continuation, let token = nextToken {
      try await resume(token)
      return true
    }
    guard hop.finishReason == nil, !hop.isBlocked else {
      body = nil
      return false
    }
    if hop.isEmpty {
      guard !hasRetriedEmptyAnswer else {
        throw GeminiError(.emptyResponse, "the service answered twice without text or reason")
      }
      hasRetriedEmptyAnswer = true
      try await open()
      return true
    }
    throw GeminiError(
      .streamEndedEarly,
      "the answer broke off: the stream ended before the model was done"
    )
  }

  /// Takes a dropped answer up where its last chunk left a token for that; else gives it up.
  private func reconnect(after error: TransportError) async throws {
    guard let token = hop.checkpoint, reconnections < Self.reconnectionLimit, error.isTransient
    else {
      body = nil
      let broken = GeminiError(error)
      guard !hop.isEmpty else { throw broken }
      throw GeminiError(.streamEndedEarly, "the answer broke off: \(broken.message)")
    }
    reconnections += 1
    try await resume(token)
  }

  private func resume(_ token: String) async throws {
    request.continuationToken = token
    if let usage = hop.usage {
      usageOfEarlierHops = usageOfEarlierHops.map { $0 + usage } ?? usage
    }
    try await open()
  }

  private func chunks(
    in outputs: [ServerSentEventDecoder.Output]
  ) throws -> [GenerateContentResponse] {
    try outputs.flatMap { output in
      switch output {
      case .event(let event): try chunks(of: event.data)
      case .stray(let text): try chunks(of: text)
      }
    }
  }

  /// The chunk of an event; several when a gateway has dropped the empty lines between events.
  private func chunks(of data: [UInt8]) throws -> [GenerateContentResponse] {
    if data.elementsEqual("[DONE]".utf8) || data.allSatisfy({ $0 == 0x20 || $0 == 0x0A }) {
      return []
    }
    let values: [JSONValue]
    do {
      values = [try JSONValue(parsing: data, leavingOut: Self.ratings)]
    } catch {
      let lines = data.split(separator: 0x0A).map { try? JSONValue(parsing: Array($0)) }
      guard lines.count > 1, !lines.contains(nil) else {
        throw GeminiError(.malformedResponse, "a chunk of the answer is not JSON: \(error)")
      }
      values = lines.compactMap(\.self)
    }
    return try values.map { value in
      if let error = GeminiError(inBody: value) { throw client.redacted(error) }
      return GenerateContentResponse(json: value)
    }
  }
}

/// What the chunks of a hop have said so far.
private struct HopState {
  var isEnded = false
  private(set) var finishReason: FinishReason?
  private(set) var isBlocked = false
  private(set) var isEmpty = true
  /// The last token of the hop.
  private(set) var token: String?
  /// The token of the last chunk, after which nothing has come.
  private(set) var checkpoint: String?
  private(set) var usage: UsageMetadata?

  mutating func add(_ chunk: GenerateContentResponse) {
    isEmpty = isEmpty && chunk.candidates.isEmpty
    isBlocked = isBlocked || chunk.blockReason != nil
    usage = chunk.usageMetadata ?? usage
    guard let candidate = chunk.candidates.first(where: { $0.index == 0 }) else { return }
    finishReason = candidate.finishReason ?? finishReason
    token = candidate.continuationToken ?? token
    checkpoint = candidate.continuationToken
  }
}
