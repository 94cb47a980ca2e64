internal import OrderedJSON

/// The events of an interaction, pulled one by one.
public struct InteractionStream: AsyncSequence, Sendable {
  /// What happens while the interaction is answered.
  public typealias Element = InteractionEvent

  let reader: InteractionReader

  /// Hands out the events.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let reader: InteractionReader

    /// The next event; `nil` after the last one.
    ///
    /// - Throws: ``GeminiError``, with the code `streamEndedEarly` when the answer broke off.
    public mutating func next() async throws -> InteractionEvent? { try await reader.next() }
  }

  /// Begins reading; there is one reader.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
}

/// Reads the events of an interaction.
actor InteractionReader {
  private let client: GeminiClient
  private let options: CallOptions
  private var body: HTTPBody.AsyncIterator?
  private var decoder = ServerSentEventDecoder()
  private var waiting: ArraySlice<Result<InteractionEvent, GeminiError>> = []
  private var isComplete = false
  private var size = 0

  init(body: HTTPBody, client: GeminiClient, options: CallOptions) {
    self.body = body.makeAsyncIterator()
    self.client = client
    self.options = options
  }

  func next() async throws -> InteractionEvent? {
    do {
      while waiting.isEmpty {
        guard let body else { return try end() }
        try await read(body)
      }
      return try waiting.popFirst()?.get()
    } catch {
      (body, isComplete) = (nil, true)
      waiting = []
      throw error
    }
  }

  /// Reads the next piece; however the bytes end, what they hold is handed out first.
  private func read(_ body: HTTPBody.AsyncIterator) async throws {
    var body = body
    do {
      guard let piece = try await body.next() else {
        self.body = nil
        return note(decoder.finish())
      }
      try await options.onReply?(.bytes(piece))
      size += piece.count
      note(try decoder.feed(piece))
      if size > client.replyLimit { fail("the answer is longer than \(client.replyLimit) bytes") }
    } catch let error as TransportError {
      self.body = nil
      note(decoder.finish())
      waiting.append(.failure(Self.brokenOff(client.redacted(GeminiError(error)).message)))
    }
  }

  private static func brokenOff(_ how: String) -> GeminiError {
    GeminiError(.streamEndedEarly, "the answer broke off: \(how)")
  }

  private func fail(_ message: String) {
    waiting.append(.failure(GeminiError(.malformedResponse, message)))
  }

  /// The end of the stream; a failure, told once, when the answer was not complete.
  private func end() throws -> InteractionEvent? {
    guard isComplete else { throw Self.brokenOff("the stream ended before the model was done") }
    return nil
  }

  private func note(_ outputs: [ServerSentEventDecoder.Output]) {
    for output in outputs {
      let data: [UInt8] =
        switch output {
        case .event(let event): event.data
        case .stray(let text): text
        }
      if data.elementsEqual("[DONE]".utf8) || data.allSatisfy({ $0 <= 0x20 }) { continue }
      guard let value = try? JSONValue(parsing: data) else {
        return fail("an event of the answer is not JSON")
      }
      if value["event_type"] == nil, let error = GeminiError(inBody: value) {
        return waiting.append(.failure(client.redacted(error)))
      }
      do throws(GeminiError) {
        let event = try InteractionEvent(json: value)
        if case .completed = event { isComplete = true }
        waiting.append(.success(event))
      } catch {
        return waiting.append(.failure(client.redacted(error)))
      }
    }
  }
}
