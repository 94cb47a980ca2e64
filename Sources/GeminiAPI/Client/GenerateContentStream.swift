/// An answer chunk by chunk, as the model writes it.
///
/// Chunks are pulled: while nobody asks for one, the service is held back. Text comes in pieces to
/// be joined; the usage of the last chunk counts for the whole answer. Dropping the stream ends
/// the transfer.
public struct GenerateContentStream: AsyncSequence, Sendable {
  /// A chunk of the answer.
  public typealias Element = GenerateContentResponse

  let reader: any ChunkReader

  /// Hands out the chunks.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let reader: any ChunkReader

    /// The next chunk; `nil` after the last one of a complete answer.
    ///
    /// - Throws: ``GeminiError``, with the code `streamEndedEarly` when the answer broke off.
    public mutating func next() async throws -> GenerateContentResponse? {
      try await reader.next()
    }
  }

  /// Begins reading; there is one reader.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
}

/// Reads the chunks of an answer.
protocol ChunkReader: Sendable {
  /// The next chunk; `nil` after the last one of a complete answer.
  func next() async throws -> GenerateContentResponse?
}

extension GeminiClient {
  /// Asks for an answer that is handed out as it is written.
  ///
  /// Returns when the answer begins; failures before its first word are retried, also those that
  /// are told within it. Once words have come it is not asked for again, since it is billed: a break
  /// in the middle is an error, and what came before stays valid. An answer the service interrupts
  /// is taken up without the caller noticing.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func streamGenerateContent(
    _ request: GenerateContentRequest,
    model: String,
    options: CallOptions = CallOptions()
  ) async throws -> GenerateContentStream {
    let call = Call(options, timing: timing, model: model)
    let reader = AnswerReader(client: self, question: .content(request, model: model), call: call)
    try await reader.open()
    return GenerateContentStream(reader: reader)
  }
}
