internal import OrderedJSON

/// Tokens of one request as the service counted them; a count of zero may be left out on the wire.
public struct UsageMetadata: Hashable, Sendable {
  /// Tokens of one kind of media.
  public struct ModalityTokenCount: Hashable, Sendable {
    /// `TEXT`, `IMAGE`, `VIDEO`, `AUDIO` or `DOCUMENT`, or what else the wire says.
    public var modality: String
    /// The number of tokens.
    public var tokenCount: Int

    /// Tokens of one kind of media.
    public init(modality: String, tokenCount: Int) {
      self.modality = modality
      self.tokenCount = tokenCount
    }

    init(_ wire: WireObject) {
      self.init(
        modality: wire.string("modality") ?? "",
        tokenCount: wire.int("tokenCount") ?? 0
      )
    }
  }

  /// Tokens of the whole prompt, cached ones included.
  public var promptTokenCount: Int
  /// The part of the prompt that came from a cache.
  public var cachedContentTokenCount: Int
  /// Tokens of the visible answer.
  public var candidatesTokenCount: Int
  /// Tokens of the thinking, billed as output.
  public var thoughtsTokenCount: Int
  /// Tokens of tool results fed back to the model.
  public var toolUsePromptTokenCount: Int
  /// The sum the service reports.
  public var totalTokenCount: Int
  /// Prompt tokens by modality.
  public var promptTokensDetails: [ModalityTokenCount]
  /// Cached tokens by modality.
  public var cacheTokensDetails: [ModalityTokenCount]
  /// Answer tokens by modality.
  public var candidatesTokensDetails: [ModalityTokenCount]
  /// Tool result tokens by modality.
  public var toolUsePromptTokensDetails: [ModalityTokenCount]
  /// The tier that served, which may differ from the one asked for.
  public var serviceTier: ServiceTier?
  /// How the traffic is billed, such as `ON_DEMAND`; Agent Platform only.
  public var trafficType: String?

  /// Counts that are all zero.
  public init() {
    (promptTokenCount, cachedContentTokenCount, candidatesTokenCount) = (0, 0, 0)
    (thoughtsTokenCount, toolUsePromptTokenCount, totalTokenCount) = (0, 0, 0)
    (promptTokensDetails, cacheTokensDetails) = ([], [])
    (candidatesTokensDetails, toolUsePromptTokensDetails) = ([], [])
  }

  init(_ wire: WireObject) {
    promptTokenCount = wire.int("promptTokenCount") ?? 0
    cachedContentTokenCount = wire.int("cachedContentTokenCount") ?? 0
    candidatesTokenCount = wire.int("candidatesTokenCount") ?? 0
    thoughtsTokenCount = wire.int("thoughtsTokenCount") ?? 0
    toolUsePromptTokenCount = wire.int("toolUsePromptTokenCount") ?? 0
    totalTokenCount = wire.int("totalTokenCount") ?? 0
    promptTokensDetails = wire.list("promptTokensDetails", ModalityTokenCount.init)
    cacheTokensDetails = wire.list("cacheTokensDetails", ModalityTokenCount.init)
    candidatesTokensDetails = wire.list("candidatesTokensDetails", ModalityTokenCount.init)
    toolUsePromptTokensDetails = wire.list("toolUsePromptTokensDetails", ModalityTokenCount.init)
    serviceTier = wire.string("serviceTier").map(ServiceTier.init(rawValue:))
    trafficType = wire.string("trafficType")
  }

  /// The counts of two requests together, as for the hops of one long answer.
  public static func + (left: UsageMetadata, right: UsageMetadata) -> UsageMetadata {
    var sum = left
    sum.promptTokenCount += right.promptTokenCount
    sum.cachedContentTokenCount += right.cachedContentTokenCount
    sum.candidatesTokenCount += right.candidatesTokenCount
    sum.thoughtsTokenCount += right.thoughtsTokenCount
    sum.toolUsePromptTokenCount += right.toolUsePromptTokenCount
    sum.totalTokenCount += right.totalTokenCount
    sum.promptTokensDetails = merged(left.promptTokensDetails, right.promptTokensDetails)
    sum.cacheTokensDetails = merged(left.cacheTokensDetails, right.cacheTokensDetails)
    sum.candidatesTokensDetails = merged(
      left.candidatesTokensDetails,
      right.candidatesTokensDetails
    )
    sum.toolUsePromptTokensDetails = merged(
      left.toolUsePromptTokensDetails,
      right.toolUsePromptTokensDetails
    )
    sum.serviceTier = right.serviceTier ?? left.serviceTier
    sum.trafficType = right.trafficType ?? left.trafficType
    return sum
  }

  private static func merged(
    _ left: [ModalityTokenCount],
    _ right: [ModalityTokenCount]
  )
    -> [ModalityTokenCount]
  {
    var sums = left
    for count in right {
      if let index = sums.firstIndex(where: { $0.modality == count.modality }) {
        sums[index].tokenCount += count.tokenCount
      } else {
        sums.append(count)
      }
    }
    return sums
  }
}
