/// Reads a streamed answer as it arrives, over as many requests as it takes.
actor AnswerReader: ChunkReader {
  /// Reconnections without a chunk in between before the answer is given up.
  private static let reconnectionLimit = 3
  /// How often an answer is asked for again that came without a word: each one is billed.
  private static let emptyLimit = 2
  /// How long what follows the end of an answer is waited for, such as its last counts.
  private static let afterword = Duration.seconds(2)

  private enum Phase {
    case reading(HTTPBody.AsyncIterator)
    /// All bytes are read; with what broke them off.
    case ended(TransportError?)
    case done
  }

  private let client: GeminiClient
  private var question: Question
  private var call: Call
  private var phase = Phase.done
  private var decoder = AnswerDecoder()
  private var course = AnswerCourse()
  private var waiting: ArraySlice<AnswerEvent> = []
  private var size = 0
  private var lastEvent = Duration.zero
  /// The longest time without a chunk.
  private var patience = TransferTime.silence
  private var emptyAnswers = 0
  private var reconnections = 0

  init(client: GeminiClient, question: Question, call: Call) {
    self.client = client
    self.question = question
    self.call = call
  }

  /// Sends the request and waits until the answer begins.
  ///
  /// - Parameter isAgain: Whether it was sent before, and its failures count on.
  func open(isAgain: Bool = false) async throws {
    phase = .done
    let built = try question.request(client.requests)
    var call = call
    let response = try await client.send(built, &call, isAgain: isAgain)
    self.call = call
    try await call.options.onReply?(.began(status: response.status))
    decoder = AnswerDecoder(limit: client.replyLimit)
    lastEvent = client.timing.now()
    patience = built.limits.idle ?? TransferTime.silence
    phase = .reading(response.body.makeAsyncIterator())
  }

  func next() async throws -> GenerateContentResponse? {
    do {
      while true {
        if let event = waiting.popFirst() {
          switch event {
          case .chunk(let chunk): return accept(chunk)
          case .failure(let error): try await recover(from: client.redacted(error))
          }
        } else if case .reading(let body) = phase {
          try await read(body)
        } else if case .ended(let error) = phase {
          guard try await goesOn(after: error) else {
            phase = .done
            return nil
          }
        } else {
          return nil
        }
      }
    } catch {
      phase = .done
      waiting = []
      throw error
    }
  }

  private func accept(_ chunk: GenerateContentResponse) -> GenerateContentResponse {
    reconnections = 0
    return course.accept(chunk)
  }

  /// Reads the next piece; however the bytes end, what they hold is handed out first.
  private func read(_ body: HTTPBody.AsyncIterator) async throws {
    var body = body
    do {
      let isEnded = decoder.isEnded
      guard let piece = isEnded ? await Self.afterword(&body) : try await body.next() else {
        return end(nil)
      }
      try await call.options.onReply?(.bytes(piece))
      size += piece.count
      waiting += decoder.feed(piece)
      try checkProgress()
    } catch let error as TransportError {
      end(error)
    }
  }

  private func end(_ error: TransportError?) {
    waiting += decoder.finish()
    phase = .ended(error)
  }

  /// The next piece, unless it takes too long: the answer is there without it.
  private static func afterword(_ body: inout HTTPBody.AsyncIterator) async -> [UInt8]? {
    let reader = body
    return await withTaskGroup(of: [UInt8]?.self) { group in
      group.addTask {
        var reader = reader
        return try? await reader.next()
      }
      group.addTask {
        try? await Task.sleep(for: afterword)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }

  /// Bytes that say nothing keep no answer alive, and all hops together have one limit.
  private func checkProgress() throws {
    if !waiting.isEmpty { lastEvent = client.timing.now() }
    if client.timing.now() - lastEvent > patience {
      let time = WireDuration.text(patience)
      throw TransportError(.timedOut, "the service sent nothing of the answer for \(time)")
    }
    if size > client.replyLimit {
      waiting.append(
        .failure(
          GeminiError(.malformedResponse, "the answer is longer than \(client.replyLimit) bytes")
        )
      )
    }
  }

  /// Goes on after the end of a hop; `false` when the answer is complete.
  private func goesOn(after error: TransportError?) async throws -> Bool {
    if course.finishReason == .continuation, let token = course.nextToken {
      try await resume(token)
      return true
    }
    guard !decoder.isEnded else { return false }
    if let error {
      try await reconnect(after: error)
    } else if course.isEmpty {
      try await askAgain(after: Self.empty)
    } else {
      throw GeminiError(
        .streamEndedEarly,
        "the answer broke off: the stream ended before the model was done"
      )
    }
    return true
  }

  private static let empty = GeminiError(
    .emptyResponse,
    "the service answered three times without text or reason"
  )

  /// Takes a dropped answer up where its last chunk left a token for that; asks again for one of
  /// which nothing came; else gives it up.
  private func reconnect(after error: TransportError) async throws {
    if let token = course.checkpoint, reconnections < Self.reconnectionLimit, error.isTransient {
      reconnections += 1
      return try await resume(token)
    }
    let broken = client.redacted(GeminiError(error))
    guard course.hasText else { return try await askAgain(after: broken) }
    throw GeminiError(.streamEndedEarly, "the answer broke off: \(broken.message)")
  }

  /// A failure before the first word is one of the request; after it, the words are kept.
  private func recover(from error: GeminiError) async throws {
    guard !course.hasText else { throw error }
    try await askAgain(after: error)
  }

  /// Sends the request once more after a wait; throws the failure when there is to be none.
  private func askAgain(after error: GeminiError) async throws {
    if error.code == .emptyResponse {
      emptyAnswers += 1
      guard emptyAnswers <= Self.emptyLimit else { throw error }
    }
    let request = try question.request(client.requests)
    try await client.pause(after: error, request, call)
    course.beginHop()
    try await open(isAgain: true)
  }

  private func resume(_ token: String) async throws {
    guard course.hop < client.hopLimit else {
      throw GeminiError(
        .streamEndedEarly,
        "the answer was taken up \(client.hopLimit) times and still has no end"
      )
    }
    try call.options.mayGoOn?(course.totalUsage)
    question.resume(token, id: course.id)
    course.beginHop()
    try await open()
  }
}

/// What is asked, in the terms of one of the interfaces.
enum Question {
  case content(GenerateContentRequest, model: String)
  case interaction(InteractionRequest, model: String)

  /// The request to send.
  func request(_ requests: GeminiRequests) throws -> HTTPRequest {
    switch self {
    case .content(let request, let model):
      try requests.generateContent(request, model: model, isStreamed: true)
    case .interaction(let request, let model):
      try requests.createInteraction(request, model: model, isStreamed: true)
    }
  }

  /// Takes up the answer that was interrupted.
  mutating func resume(_ token: String, id: String?) {
    switch self {
    case .content(var request, let model):
      request.continuationToken = token
      self = .content(request, model: model)
    case .interaction(let request, let model):
      self = .interaction(
        GeminiClient.continuation(of: request, id: id ?? "", token),
        model: model
      )
    }
  }
}
