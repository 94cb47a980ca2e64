public import OrderedJSON

/// An interaction: a question kept by the service, and what became of it.
public struct Interaction: Hashable, Sendable {
  /// How far an interaction is.
  public struct Status: WireName {
    /// The value as the wire spells it.
    public let rawValue: String

    /// The value spelled so on the wire.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Being answered.
    public static let inProgress = Self(rawValue: "in_progress")
    /// Waiting.
    public static let queued = Self(rawValue: "queued")
    /// Answered.
    public static let completed = Self(rawValue: "completed")
    /// Not answered.
    public static let failed = Self(rawValue: "failed")
    /// Stopped on request.
    public static let cancelled = Self(rawValue: "cancelled")
    /// Answered in part: a limit was reached.
    public static let incomplete = Self(rawValue: "incomplete")
    /// Interrupted by the service; a token takes it up.
    public static let requiresContinuation = Self(rawValue: "requires_continuation")
  }

  /// The id; empty when the service does not keep the interaction.
  public var id: String
  /// How far it is.
  public var status: Status?
  /// The model that answers.
  public var model: String?
  /// The answer's text, its pieces joined.
  public var text: String
  /// Tokens, in the terms of the other interface.
  public var usageMetadata: UsageMetadata?
  /// Takes up an answer the service has interrupted.
  public var continuationToken: String?
  /// Why it failed.
  public var failures: [String]

  /// Reads an interaction; what is missing is left out.
  public init(json: JSONValue) {
    let wire = WireObject(json) ?? WireObject(JSONObject())
    id = wire.string("id") ?? ""
    status = wire.string("status").map(Status.init(rawValue:))
    model = wire.string("model")
    let outputs = wire.list("steps", { $0 }).filter { $0.string("type") == "model_output" }
    text = outputs.flatMap { $0.list("content", { $0 }) }
      .compactMap { $0.string("text") }.joined()
    usageMetadata = wire.object("usage").map(UsageMetadata.init(interaction:))
    continuationToken = wire.string("continuation_token")
    failures = wire.list("errors") { GeminiError.bounded($0.string("message") ?? "") }
  }
}

extension UsageMetadata {
  /// The counts of an interaction; cached tokens are part of the input in both interfaces.
  init(interaction wire: WireObject) {
    self.init()
    promptTokenCount = count(wire, "total_input_tokens")
    cachedContentTokenCount = count(wire, "total_cached_tokens")
    candidatesTokenCount = count(wire, "total_output_tokens")
    thoughtsTokenCount = count(wire, "total_thought_tokens")
    toolUsePromptTokenCount = count(wire, "total_tool_use_tokens")
    totalTokenCount = count(wire, "total_tokens")
    promptTokensDetails = modalities(wire, "input_tokens_by_modality")
    cacheTokensDetails = modalities(wire, "cached_tokens_by_modality")
    candidatesTokensDetails = modalities(wire, "output_tokens_by_modality")
    toolUsePromptTokensDetails = modalities(wire, "tool_use_tokens_by_modality")
  }

  /// This interface writes modalities in lower case.
  private mutating func modalities(_ wire: WireObject, _ name: String) -> [ModalityTokenCount] {
    details(wire, name, of: "tokens").map { count in
      ModalityTokenCount(modality: count.modality.uppercased(), tokenCount: count.tokenCount)
    }
  }
}
