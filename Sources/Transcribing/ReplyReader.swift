internal import GeminiAPI
internal import TabularExtraction
internal import TranscriptModel

/// A reply read to its end, or to where it broke off.
struct ReceivedReply {
  var decoded: DecodedReply
  /// Why the model stopped; `nil` when the reply broke off.
  var finishReason: FinishReason?
  /// Why the prompt was refused, when it was.
  var blockReason: BlockReason?
  var usage: UsageMetadata?
  var modelVersion: String?
  /// What ended the reply before the model was done.
  var interruption: GeminiError?
  /// Whether reading was stopped because the model only repeated itself.
  var isLooping = false
}

/// Sends a request and decodes its reply while it arrives, each piece stored first.
struct ReplyReader {
  let client: GeminiClient
  let schema: TableSchema
  let encoding: ReplyEncoding
  let record: ReplyRecord
  let observe: ProgressObserver

  /// Reads the reply; once it has begun, a break is not an error, since the rows so far are paid.
  ///
  /// - Throws: `GeminiError` when no reply began; ``TranscriptionError`` when it cannot be stored;
  ///   `CancellationError`.
  func read(_ request: GenerateContentRequest, model: String) async throws -> ReceivedReply {
    observe(.waiting)
    let record = record
    let observe = observe
    let options = CallOptions(
      onReply: { event in
        if case .bytes(let bytes) = event { try record.append(bytes) }
      },
      onRetry: { observe(.retrying($0)) }
    )
    let stream = try await client.streamAnswer(request, model: model, options: options)
    var reply = ReceivedReply(decoded: DecodedReply(tables: []))
    var decoder = ReplyDecoder(schema: schema, encoding: encoding)
    var rows = RowWatch()
    do {
      for try await chunk in stream {
        note(chunk, in: &reply)
        decoder.feed(chunk.text)
        reply.isLooping = rows.look(at: decoder.tables)
        observe(.receiving(rows: rows.count, reached: rows.reached))
        // What follows would be paid for and thrown away; leaving the stream ends the transfer.
        if reply.isLooping { break }
      }
    } catch let error as GeminiError {
      guard reply.usage != nil || rows.count > 0 else { throw error }
      reply.interruption = error
    }
    try record.synchronize()
    reply.decoded = decoder.finish(modelStopped: reply.finishReason == .stop)
    return reply
  }

  private func note(_ chunk: GenerateContentResponse, in reply: inout ReceivedReply) {
    reply.finishReason = chunk.finishReason ?? reply.finishReason
    reply.blockReason = chunk.blockReason ?? reply.blockReason
    reply.usage = chunk.usageMetadata ?? reply.usage
    reply.modelVersion = chunk.modelVersion ?? reply.modelVersion
  }
}
