internal import GeminiAPI
internal import OrderedJSON
internal import RunStore
internal import TabularExtraction
internal import TranscriptModel

/// Gets the reply to a request: from the store when it was answered before, else from the service,
/// each piece stored before it is read.
struct RequestSender: Sendable {
  let client: GeminiClient
  let store: RunStore
  let media: MediaPool
  let job: RunJob
  let earlier: EarlierReplies
  let observe: ProgressObserver

  /// The reply; once it has begun, a break is not an error, since the rows so far are paid.
  ///
  /// - Throws: `GeminiError` when no reply began; `RunStoreError` when it cannot be stored;
  ///   `CancellationError`.
  func reply(to order: RequestOrder) async throws -> ReceivedReply {
    while let request = earlier.next(order.digest) {
      if let reply = try ReceivedReply(stored: store.reply(of: request), order: order) {
        return reply
      }
    }
    let payload = try await media.payload(for: job.prepared, observe)
    let record = try store.begin(NewRequest(order), of: job.item)
    do {
      let reply = try await receive(order, payload, record)
      try store.finish(request: record, RequestEnding(reply, job.prepared.forecast))
      return reply
    } catch let error as GeminiError {
      try store.finish(request: record, .failed("\(error)"))
      throw error
    }
  }

  private func receive(
    _ order: RequestOrder,
    _ payload: Part.Payload,
    _ record: Int64
  ) async throws -> ReceivedReply {
    observe(.waiting)
    let (store, observe) = (store, observe)
    let options = CallOptions(
      onReply: { event in
        if case .bytes(let bytes) = event { try store.append(bytes, to: record) }
      },
      onRetry: { observe(.retrying($0)) }
    )
    let request = order.request.replacingPlaceholder(with: payload)
    let stream = try await client.streamGenerateContent(
      request,
      model: order.model,
      options: options
    )
    var reply = ReplyAccumulator(schema: order.schema, encoding: order.encoding)
    do {
      for try await chunk in stream {
        // Leaving the stream ends the transfer.
        guard reply.add(chunk) else { break }
        observe(.receiving(rows: reply.rows.count, reached: reply.rows.reached))
      }
    } catch let error as GeminiError {
      guard reply.isBilled else { throw error }
      return reply.finish(interruption: error)
    }
    return reply.finish()
  }
}
