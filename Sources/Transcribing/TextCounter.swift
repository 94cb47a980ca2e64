internal import GeminiAPI
public import RequestPlanning

/// Lets the service count the text of requests, each text once; counting is free of charge.
public actor TextCounter {
  private struct Question: Hashable {
    let model: String
    let request: GenerateContentRequest
  }

  private let transcriber: Transcriber
  private var counts: [Question: Int] = [:]

  /// A counter that asks with the client of a transcriber.
  public init(_ transcriber: Transcriber) { self.transcriber = transcriber }

  /// The requests as far as planning goes, their text as the service counted it.
  ///
  /// - Throws: `GeminiError`; `CancellationError`.
  public func planRequests(
    of prepared: PreparedTranscription,
    options: RunOptions = RunOptions()
  ) async throws -> [PlanRequest] {
    let tokens = try await tokens(in: prepared)
    return try transcriber.planRequests(of: [prepared], options: options).map { request in
      // What a second pass gives back is not known yet.
      guard !request.isFollowUp else { return request }
      var request = request
      request.prompt.textTokens = tokens
      request.prompt.textIsCounted = true
      return request
    }
  }

  private func tokens(in prepared: PreparedTranscription) async throws -> Int {
    let question = Question(
      model: prepared.model,
      request: prepared.request.withoutMedia
    )
    guard !question.request.contents.isEmpty else { return 0 }
    if let count = counts[question] { return count }
    let answer = try await transcriber.client.countTokens(
      question.request,
      model: question.model
    )
    counts[question] = answer.totalTokens
    return answer.totalTokens
  }
}

extension GenerateContentRequest {
  /// The request without its media, and without messages that hold nothing else.
  fileprivate var withoutMedia: GenerateContentRequest {
    var request = self
    for index in request.contents.indices {
      request.contents[index].parts.removeAll { $0.text == nil }
    }
    request.contents.removeAll { $0.parts.isEmpty }
    return request
  }
}
