/// Puts the events of an interaction into the terms of `generateContent`.
struct InteractionChunks {
  private var hasText = false

  /// The chunk that an event stands for; `nil` when it tells nothing there.
  mutating func chunk(of event: InteractionEvent) -> GenerateContentResponse? {
    switch event {
    case .created(let interaction):
      return Self.chunk(interaction, nil)
    case .text(let text):
      guard !text.isEmpty else { return nil }
      hasText = true
      return GenerateContentResponse(candidates: [Candidate(content: Self.content(text))])
    case .completed(let interaction):
      var candidate = Candidate(content: nil, finishReason: Self.reason(interaction.status))
      if !hasText, !interaction.text.isEmpty {
        candidate.content = Self.content(interaction.text)
      }
      candidate.continuationToken = interaction.continuationToken
      if !interaction.failures.isEmpty {
        candidate.finishMessage = interaction.failures.joined(separator: "; ")
      }
      return Self.chunk(interaction, candidate)
    case .other: return nil
    }
  }

  private static func chunk(
    _ interaction: Interaction,
    _ candidate: Candidate?
  )
    -> GenerateContentResponse
  {
    var chunk = GenerateContentResponse(
      candidates: candidate.map { [$0] } ?? [],
      usageMetadata: interaction.usageMetadata
    )
    chunk.responseId = interaction.id.isEmpty ? nil : interaction.id
    chunk.modelVersion = interaction.model
    return chunk
  }

  private static func content(_ text: String) -> Content {
    Content(role: "model", parts: [.text(text)])
  }

  private static func reason(_ status: Interaction.Status?) -> FinishReason {
    switch status {
    case .completed, nil: .stop
    case .incomplete: .maxTokens
    case .requiresContinuation: .continuation
    default: .other
    }
  }
}
