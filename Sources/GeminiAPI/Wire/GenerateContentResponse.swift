public import OrderedJSON

/// An answer, or one chunk of an answer that is streamed.
public struct GenerateContentResponse: Hashable, Sendable {
  /// What the service says about the prompt.
  public struct PromptFeedback: Hashable, Sendable {
    /// Why the prompt was not answered; `nil` when it was.
    public var blockReason: BlockReason?
    /// The reason in words; Agent Platform only.
    public var blockReasonMessage: String?
  }

  /// How far a model is from its end.
  public struct ModelStatus: Hashable, Sendable {
    /// `STABLE`, `PREVIEW`, `LEGACY`, `DEPRECATED`, `RETIRED`, or what else the wire says.
    public var modelStage: String?
    /// The state in words.
    public var message: String?
    /// When the model stops answering (RFC 3339).
    public var retirementTime: String?
  }

  /// The answers; empty when the prompt was blocked.
  public var candidates: [Candidate]
  /// What the service says about the prompt.
  public var promptFeedback: PromptFeedback?
  /// Tokens so far; in a stream a running total, so the last one counts.
  public var usageMetadata: UsageMetadata?
  /// The version of the model that answered.
  public var modelVersion: String?
  /// The service's own name for the answer.
  public var responseId: String?
  /// How far the model is from its end.
  public var modelStatus: ModelStatus?
  /// The request of the answer that this is a part of, from 0: an answer that is taken up, or asked
  /// for again, has several, and each is billed by itself.
  public var hop = 0
  /// Tokens of that request alone, where ``usageMetadata`` counts those before it as well.
  public var hopUsage: UsageMetadata?
  /// Characters that arrived broken and stand as U+FFFD in the text.
  public var lostCharacters = 0

  /// An answer.
  public init(candidates: [Candidate], usageMetadata: UsageMetadata? = nil) {
    self.candidates = candidates
    self.usageMetadata = usageMetadata
  }

  /// Reads an answer; what is missing or of another type is left out, never an error.
  public init(json: JSONValue) {
    let wire = WireObject(json) ?? WireObject(JSONObject())
    candidates = wire.list("candidates", Candidate.init)
    promptFeedback = wire.object("promptFeedback").map { feedback in
      PromptFeedback(
        blockReason: feedback.string("blockReason").flatMap(Self.reason),
        blockReasonMessage: feedback.string("blockReasonMessage")
      )
    }
    usageMetadata = wire.object("usageMetadata").map { UsageMetadata($0) }
    modelVersion = wire.string("modelVersion")
    responseId = wire.string("responseId")
    modelStatus = wire.object("modelStatus").map { status in
      ModelStatus(
        modelStage: status.string("modelStage"),
        message: status.string("message"),
        retirementTime: status.string("retirementTime")
      )
    }
  }

  private static func reason(_ text: String) -> BlockReason? {
    text.isEmpty || text.hasSuffix("REASON_UNSPECIFIED") ? nil : BlockReason(rawValue: text)
  }

  /// The text of the first answer without thinking.
  public var text: String { candidates.first?.text ?? "" }

  /// What a speech model heard, in order; none in an answer of any other.
  public var transcriptions: [AudioTranscription] {
    candidates.first?.content?.parts.compactMap(\.audioTranscription) ?? []
  }

  /// Why the first answer ended; `nil` while it has not.
  public var finishReason: FinishReason? { candidates.first?.finishReason }

  /// Why the prompt was not answered; `nil` when it was.
  public var blockReason: BlockReason? { promptFeedback?.blockReason }

  /// Whether there is neither an answer nor a reason for its absence.
  public var isEmpty: Bool { candidates.isEmpty && blockReason == nil }
}
