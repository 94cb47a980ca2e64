public import OrderedJSON

/// How many tokens a prompt has.
public struct CountTokensResponse: Hashable, Sendable {
  /// All of them, cached ones included.
  public var totalTokens: Int
  /// The part that would come from a cache.
  public var cachedContentTokenCount: Int
  /// By modality.
  public var promptTokensDetails: [UsageMetadata.ModalityTokenCount]
  /// Characters that would be billed; Agent Platform only.
  public var totalBillableCharacters: Int?

  /// Reads a count; what is missing is zero.
  public init(json: JSONValue) {
    let wire = WireObject(json) ?? WireObject(JSONObject())
    totalTokens = wire.int("totalTokens") ?? 0
    cachedContentTokenCount = wire.int("cachedContentTokenCount") ?? 0
    promptTokensDetails = wire.list(
      "promptTokensDetails",
      UsageMetadata.ModalityTokenCount.init
    )
    totalBillableCharacters = wire.int("totalBillableCharacters")
  }
}
