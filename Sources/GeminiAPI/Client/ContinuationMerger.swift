/// Joins the hops of an answer that the service has interrupted.
struct ContinuationMerger {
  private(set) var merged = GenerateContentResponse(candidates: [])
  /// The hops so far.
  private(set) var count = 0
  private var lastToken: String?
  private var isFirst = true

  /// Adds a hop; returns the token to go on with, `nil` when the answer is complete.
  ///
  /// A token that does not change would go on for ever, so it ends the answer.
  mutating func add(_ hop: GenerateContentResponse) -> String? {
    merged = isFirst ? hop : joined(hop)
    isFirst = false
    count += 1
    guard hop.finishReason == .continuation, let candidate = hop.candidates.first,
      let token = candidate.continuationToken, token != lastToken
    else { return nil }
    lastToken = token
    return token
  }

  /// The answer with what answers before it cost that said nothing.
  func merged(billedBefore usages: [UsageMetadata]) -> GenerateContentResponse {
    var answer = merged
    if usages.contains(where: { $0 != UsageMetadata() }) {
      answer.usageMetadata = usages.reduce(answer.usageMetadata ?? UsageMetadata(), +)
    }
    return answer
  }

  private func joined(_ hop: GenerateContentResponse) -> GenerateContentResponse {
    var result = hop
    if let before = merged.candidates.first, !result.candidates.isEmpty {
      let parts = (before.content?.parts ?? []) + (result.candidates[0].content?.parts ?? [])
      let role = before.content?.role ?? result.candidates[0].content?.role
      result.candidates[0].content = Content(role: role, parts: parts)
      result.candidates[0].groundingMetadata =
        result.candidates[0].groundingMetadata ?? before.groundingMetadata
      result.candidates[0].citationMetadata =
        result.candidates[0].citationMetadata ?? before.citationMetadata
    }
    if result.candidates.isEmpty { result.candidates = merged.candidates }
    // Each hop bills its own prompt and output.
    if let usage = merged.usageMetadata {
      result.usageMetadata = usage + (hop.usageMetadata ?? UsageMetadata())
    }
    return result
  }
}
