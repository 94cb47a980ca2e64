/// Reads a streamed interaction as chunks of an answer, over as many hops as it takes.
actor InteractionChunkReader: ChunkReader {
  private let client: GeminiClient
  private let model: String
  private var request: InteractionRequest
  private var call: Call
  private var events: InteractionReader?
  private var chunks = InteractionChunks()
  private var usageOfEarlierHops: UsageMetadata?

  init(client: GeminiClient, model: String, request: InteractionRequest, call: Call) {
    self.client = client
    self.model = model
    self.request = request
    self.call = call
  }

  /// Sends the request and waits until the answer begins.
  func open() async throws {
    var call = call
    let stream = try await client.streamInteraction(request, model: model, &call)
    self.call = call
    chunks = InteractionChunks()
    events = stream.reader
  }

  func next() async throws -> GenerateContentResponse? {
    while let events {
      guard let event = try await events.next() else {
        self.events = nil
        break
      }
      guard var chunk = chunks.chunk(of: event) else { continue }
      if let earlier = usageOfEarlierHops, let usage = chunk.usageMetadata {
        chunk.usageMetadata = earlier + usage
      }
      if case .completed(let interaction) = event, let token = nextToken(interaction) {
        usageOfEarlierHops = chunk.usageMetadata ?? usageOfEarlierHops
        request = GeminiClient.continuation(of: request, interaction, token)
        try await open()
        continue
      }
      return chunk
    }
    return nil
  }

  /// The token that takes the answer up; one that does not change would go on for ever.
  private func nextToken(_ interaction: Interaction) -> String? {
    guard interaction.status == .requiresContinuation else { return nil }
    return interaction.continuationToken.flatMap { $0 == request.continuationToken ? nil : $0 }
  }
}
