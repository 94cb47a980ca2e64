internal import OrderedJSON

extension GeminiClient {
  /// Sends a request until a success begins, as the retry policy and the deadline allow.
  ///
  /// - Parameter isAgain: Whether the request was sent before, so that its failures count on.
  func send(
    _ request: HTTPRequest,
    _ call: inout Call,
    isAgain: Bool = false
  ) async throws -> HTTPResponse {
    try requireCredentials()
    if !isAgain { call.beginRequest() }
    while true {
      try await waitForPace(request, call)
      try call.checkDeadline(request)
      call.attempts += 1
      do {
        return try await attempt(request, call)
      } catch let error as GeminiError {
        try await pause(after: error, request, call)
      }
    }
  }

  /// Sends a request and reads its reply as JSON.
  ///
  /// A reply that breaks off is asked for again, unless the request has made something.
  func json(_ request: HTTPRequest, _ options: CallOptions) async throws -> JSONValue {
    var call = Call(options, timing: timing)
    var attempts = 0
    while true {
      let response = try await send(request, &call)
      attempts += call.attempts
      do {
        let bytes = try await collect(response, of: request, tap: options.onReply)
        return try document(bytes, of: request)
      } catch let error as GeminiError
        where error.code == .connection && request.method != "POST"
      {
        call.attempts = attempts
        try await pause(after: error, request, call)
      }
    }
  }

  /// Sends a request once.
  ///
  /// - Throws: ``GeminiError`` for every status but success; `CancellationError`.
  private func attempt(_ request: HTTPRequest, _ call: Call) async throws -> HTTPResponse {
    let response: HTTPResponse
    do {
      response = try await transport.send(try await prepared(request, call))
      counterpart.note(response)
      if (200..<300).contains(response.status) { return response }
    } catch let error as TransportError {
      throw redacted(timeAware(error, request, call))
    }
    let body = await Self.errorBody(response)
    throw redacted(
      GeminiError(
        httpStatus: response.status,
        headers: response.headers,
        body: body,
        request: request.description
      )
    )
  }

  /// As much of an error's body as comes, since the status alone already tells the most.
  private static func errorBody(_ response: HTTPResponse) async -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await piece in response.body {
        bytes += piece
        if bytes.count > 1 << 20 { break }
      }
    } catch {
      return bytes
    }
    return bytes
  }

  /// The request with what only the moment of sending knows.
  private func prepared(_ request: HTTPRequest, _ call: Call) async throws -> HTTPRequest {
    var request = request
    if let tokens {
      let (token, project) = try await tokens.current()
      request.headers["Authorization"] = "Bearer \(token.reveal())"
      if let project, configuration.quotaProject == nil {
        request.headers["x-goog-user-project"] = project
      }
    }
    request.limits = Self.limits(of: request, isGeneration: call.model != nil)
    if let remaining = call.remaining {
      request.limits.total = min(remaining, request.limits.total ?? remaining)
      let seconds = remaining.components.seconds + (remaining.components.attoseconds > 0 ? 1 : 0)
      request.headers["X-Server-Timeout"] = String(seconds)
    }
    return request
  }

  /// Every exchange has an end, by what it carries.
  private static func limits(of request: HTTPRequest, isGeneration: Bool) -> HTTPRequest.Limits {
    var limits = request.limits
    let bytes = request.body.count
    if isGeneration {
      let idle = limits.idle ?? TransferTime.silence
      limits.idle = idle
      limits.total = limits.total ?? TransferTime.ofAnswer(sending: bytes) + idle
    } else {
      limits.idle = min(limits.idle ?? TransferTime.quiet, TransferTime.quiet)
      limits.total = limits.total ?? TransferTime.ofReply(sending: bytes)
    }
    return limits
  }

  /// A transfer that was stopped by the operation's own deadline is no fault of the network.
  private func timeAware(
    _ error: TransportError,
    _ request: HTTPRequest,
    _ call: Call
  )
    -> GeminiError
  {
    if error.code == .timedOut, let remaining = call.remaining, remaining <= .milliseconds(50) {
      return Call.outOfTime(request)
    }
    return GeminiError(error, request: request.description)
  }

  /// Waits before the next attempt, or throws the failure when there is to be none.
  func pause(after error: GeminiError, _ request: HTTPRequest, _ call: Call) async throws {
    // Whoever asks again for an answer without a word has counted that already.
    var judged = error
    if error.code == .emptyResponse { judged.code = .unavailable }
    let decision = retryPolicy.decide(
      judged,
      attempt: call.attempts,
      spent: call.timeSpent,
      remaining: call.remaining,
      random: timing.random()
    )
    guard case .retry(let delay) = decision else { throw error }
    call.options.onRetry?(RetryNotice(error: error, attempt: call.attempts, delay: delay))
    if error.code == .quotaExceeded, let model = call.model {
      await pacer.hold(model, until: timing.now() + delay)
      paceNotes?.hold(model, for: delay)
    } else {
      try await timing.sleep(delay)
    }
  }

  /// Waits as the policy says after a failure in the middle of an answer, before the rest of it is
  /// asked for.
  ///
  /// - Parameters:
  ///   - error: The failure; after one that does not pass with time there is no wait.
  ///   - attempt: How many answers have ended so in a row.
  ///   - onRetry: Told of the wait.
  /// - Throws: The failure when it happened too often, or the service asks for too long a wait;
  ///   `CancellationError`.
  public func rest(
    after error: GeminiError,
    attempt: Int,
    onRetry: @Sendable (RetryNotice) -> Void = { _ in }
  ) async throws {
    var judged = error
    if error.code == .streamEndedEarly { judged.code = .connection }
    guard [.connection, .unavailable, .quotaExceeded, .cancelledByService].contains(judged.code)
    else { return }
    let decision = retryPolicy.decide(
      judged,
      attempt: attempt,
      remaining: nil,
      random: timing.random()
    )
    guard case .retry(let delay) = decision else { throw error }
    onRetry(RetryNotice(error: error, attempt: attempt, delay: delay))
    try await timing.sleep(delay)
  }

  /// Waits while the model's quota is known to be used up; a little longer for some than for
  /// others, so that they do not all come at once.
  private func waitForPace(_ request: HTTPRequest, _ call: Call) async throws {
    guard let model = call.model else { return }
    if let delay = paceNotes?.hold(of: model) {
      await pacer.hold(model, until: timing.now() + delay)
    }
    while let time = await pacer.resumeTime(of: model), time > timing.now() {
      let delay = time - timing.now() + .milliseconds(250) * timing.random()
      if let remaining = call.remaining, delay >= remaining { throw Call.outOfTime(request) }
      try await timing.sleep(delay)
    }
  }

  /// Reads a reply to its end, each piece handed to the tap first.
  func collect(
    _ response: HTTPResponse,
    of request: HTTPRequest,
    tap: ReplyTap?
  ) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    try await collect(response, of: request, tap: tap, into: &bytes)
    return bytes
  }

  /// Reads a reply as far as it comes.
  func collect(
    _ response: HTTPResponse,
    of request: HTTPRequest,
    tap: ReplyTap?,
    into bytes: inout [UInt8]
  ) async throws {
    try await tap?(.began(status: response.status))
    do {
      for try await piece in response.body {
        try await tap?(.bytes(piece))
        bytes += piece
        guard bytes.count <= replyLimit else {
          throw GeminiError(.malformedResponse, "the reply is longer than \(replyLimit) bytes")
        }
      }
    } catch let error as TransportError {
      throw redacted(GeminiError(error, request: request.description))
    }
  }

  /// Reads a reply as JSON.
  ///
  /// What has a name is a resource, whose `error` tells what became of it, not of the request.
  ///
  /// - Throws: ``GeminiError`` when it is none, or when it holds an error in spite of its status.
  func document(_ bytes: [UInt8], of request: HTTPRequest) throws -> JSONValue {
    let value: JSONValue
    do {
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      value = bytes.isEmpty ? [:] : try JSONValue(parsing: hasMark ? Array(bytes[3...]) : bytes)
    } catch {
      if ForeignReply(bytes).isPage { throw redacted(GeminiError(foreignReply: bytes)) }
      throw GeminiError(
        .malformedResponse,
        "the reply is not JSON: \(error)",
        request: request.description
      )
    }
    guard value["name"]?.string == nil else { return value }
    if let error = GeminiError(inBody: value, request: request.description) {
      throw redacted(error)
    }
    return value
  }

  /// An error whose texts hold no key, even if the service repeats it.
  func redacted(_ error: GeminiError) -> GeminiError {
    var error = error
    error.message = secrets.redacting(message: error.message)
    error.request = error.request.map(secrets.redacting(message:))
    return error
  }
}
