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
  private var waiting: ArraySlice<InteractionEvent> = []
  private var isComplete = false

  init(body: HTTPBody, client: GeminiClient, options: CallOptions) {
    self.body = body.makeAsyncIterator()
    self.client = client
    self.options = options
  }

  func next() async throws -> InteractionEvent? {
    do {
      while waiting.isEmpty {
        guard var body else { return try end() }
        if let piece = try await body.next() {
          try await options.onReply?(.bytes(piece))
          try read(decoder.feed(piece))
        } else {
          self.body = nil
          try read(decoder.finish())
        }
      }
    } catch let error as TransportError {
      (body, isComplete) = (nil, true)
      throw GeminiError(.streamEndedEarly, "the answer broke off: \(error.message)")
    } catch {
      (body, isComplete) = (nil, true)
      throw error
    }
    return waiting.popFirst()
  }

  /// The end of the stream; a failure, told once, when the answer was not complete.
  private func end() throws -> InteractionEvent? {
    guard isComplete else {
      throw GeminiError(.streamEndedEarly, "the answer broke off before it was complete")
    }
    return nil
  }

  private func read(_ outputs: [ServerSentEventDecoder.Output]) throws {
    for output in outputs {
      let data: [UInt8] =
        switch output {
        case .event(let event): event.data
        case .stray(let text): text
        }
      if data.elementsEqual("[DONE]".utf8) || data.allSatisfy({ $0 <= 0x20 }) { continue }
      guard let value = try? JSONValue(parsing: data) else {
        throw GeminiError(.malformedResponse, "an event of the answer is not JSON")
      }
      if value["event_type"] == nil, let error = GeminiError(inBody: value) {
        throw client.redacted(error)
      }
      let event = try InteractionEvent(json: value)
      if case .completed = event { isComplete = true }
      waiting.append(event)
    }
  }
}
