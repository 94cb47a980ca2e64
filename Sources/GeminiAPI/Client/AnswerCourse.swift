/// Follows an answer over the requests it takes, and counts them together; the same for what
/// arrives and for what was kept.
struct AnswerCourse {
  /// The request, from 0.
  private(set) var hop = 0
  private(set) var finishReason: FinishReason?
  private(set) var isBlocked = false
  /// Whether there is no candidate yet in this hop.
  private(set) var isEmpty = true
  /// Whether words of the model came in this hop.
  private(set) var hasText = false
  /// The token of the last chunk, after which nothing has come.
  private(set) var checkpoint: String?
  /// What the service calls the answer of this hop.
  private(set) var id: String?
  private var token: String?
  /// The token with which this hop was asked for.
  private var lastToken: String?
  private var usage: UsageMetadata?
  private var usageOfEarlierHops: UsageMetadata?

  /// The token that takes the answer up; `nil` when there is none or it would not go on.
  var nextToken: String? { token.flatMap { $0 == lastToken ? nil : $0 } }

  /// What the answer has cost so far.
  var totalUsage: UsageMetadata? { GeminiClient.sum(usageOfEarlierHops, usage) }

  /// Another request follows, which bills its own prompt and output.
  mutating func beginHop() {
    let (hop, usage, token) = (hop + 1, totalUsage, token ?? lastToken)
    self = AnswerCourse()
    (self.hop, usageOfEarlierHops, lastToken) = (hop, usage, token)
  }

  /// Notes what a chunk says about the answer, and fits it into the whole.
  mutating func accept(_ chunk: GenerateContentResponse) -> GenerateContentResponse {
    var chunk = chunk
    note(chunk)
    chunk.hop = hop
    chunk.hopUsage = chunk.usageMetadata
    if chunk.usageMetadata != nil { chunk.usageMetadata = totalUsage }
    if chunk.finishReason == .continuation, nextToken != nil {
      chunk.candidates[0].finishReason = nil
    }
    return chunk
  }

  private mutating func note(_ chunk: GenerateContentResponse) {
    isEmpty = isEmpty && chunk.candidates.isEmpty
    isBlocked = isBlocked || chunk.blockReason != nil
    usage = chunk.usageMetadata ?? usage
    id = chunk.responseId ?? id
    guard let candidate = chunk.candidates.first(where: { $0.index == 0 }) else { return }
    let isHeard = candidate.content?.parts.contains { $0.audioTranscription != nil } ?? false
    hasText = hasText || isHeard || !candidate.text.isEmpty
    finishReason = candidate.finishReason ?? finishReason
    token = candidate.continuationToken ?? token
    checkpoint = candidate.continuationToken
  }
}
