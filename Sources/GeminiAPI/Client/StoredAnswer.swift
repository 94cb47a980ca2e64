/// An answer read again from the bytes that were kept of it: a stream as it came, or a whole answer.
public struct StoredAnswer: Sendable {
  /// Stands between the replies of one answer that took several requests; a comment to readers of
  /// event streams.
  public static let separator = Array("\n\n: the next reply begins\n\n".utf8)

  /// The chunks that are whole, in order; one for an answer that was not streamed.
  public let chunks: [GenerateContentResponse]
  /// What ended the answer before the model was done: the service's own error, or bytes that cannot
  /// be read.
  public let error: GeminiError?
  /// How many results of a batch the bytes are; 0 for an answer of its own.
  public let batchAnswers: Int
  /// The counts of all hops together; `nil` when none were told.
  public let usage: UsageMetadata?

  /// Why the model stopped; `nil` when the bytes end before it did.
  public var finishReason: FinishReason? {
    chunks.last { $0.finishReason != nil }?.finishReason
  }

  /// Reads the bytes as they were read when they arrived; `nil` when they are no answer of the
  /// service.
  ///
  /// - Parameter limit: The most bytes that one reply may have.
  public init?(_ bytes: [UInt8], limit: Int = .max) {
    var course = AnswerCourse()
    var chunks: [GenerateContentResponse] = []
    var error: GeminiError?
    var (isRecognized, batchAnswers) = (false, 0)
    for (index, reply) in Self.replies(in: bytes).enumerated() {
      if index > 0 { course.beginHop() }
      error = nil
      var decoder = AnswerDecoder(limit: limit)
      for event in decoder.feed(reply) + decoder.finish() {
        switch event {
        case .failure(let failure): error = failure
        case .chunk(let chunk):
          // Replies that were kept without a mark between them.
          if course.finishReason == .continuation, !chunk.candidates.isEmpty { course.beginHop() }
          chunks.append(course.accept(chunk))
        }
      }
      batchAnswers += decoder.batchAnswers
      isRecognized = isRecognized || decoder.isRecognized
    }
    guard isRecognized else { return nil }
    (self.chunks, self.error, usage) = (chunks, error, course.totalUsage)
    self.batchAnswers = batchAnswers
  }

  private static func replies(in bytes: [UInt8]) -> [[UInt8]] {
    var replies: [[UInt8]] = []
    var start = 0
    while let place = place(of: separator, in: bytes, from: start) {
      replies.append(Array(bytes[start..<place]))
      start = place + separator.count
    }
    return replies + [start == 0 ? bytes : Array(bytes[start...])]
  }

  private static func place(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var place = start
      while place + mark.count <= bytes.count {
        guard let colon = bytes[(place + 2)...].firstIndex(of: mark[2]) else { return nil }
        place = colon - 2
        if place + mark.count <= bytes.count,
          bytes[place..<place + mark.count].elementsEqual(mark)
        {
          return place
        }
        place += 1
      }
      return nil
    }
  }
}
