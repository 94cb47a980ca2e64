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
        tokenCount: wire.tokens("tokenCount") ?? 0
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
  /// Counts that cannot be right, as the service wrote them; each counts as 0.
  public var impossible: [ImpossibleCount] = []

  /// A count below zero or beyond what any request can hold.
  public struct ImpossibleCount: Hashable, Sendable {
    /// The member's name, such as `promptTokenCount`.
    public let name: String
    /// What it said.
    public let value: Int
  }

  /// Counts that are all zero.
  public init() {
    (promptTokenCount, cachedContentTokenCount, candidatesTokenCount) = (0, 0, 0)
    (thoughtsTokenCount, toolUsePromptTokenCount, totalTokenCount) = (0, 0, 0)
    (promptTokensDetails, cacheTokensDetails) = ([], [])
    (candidatesTokensDetails, toolUsePromptTokensDetails) = ([], [])
  }

  init(_ wire: WireObject) {
    self.init()
    promptTokenCount = count(wire, "promptTokenCount")
    cachedContentTokenCount = count(wire, "cachedContentTokenCount")
    candidatesTokenCount = count(wire, "candidatesTokenCount")
    thoughtsTokenCount = count(wire, "thoughtsTokenCount")
    toolUsePromptTokenCount = count(wire, "toolUsePromptTokenCount")
    totalTokenCount = count(wire, "totalTokenCount")
    promptTokensDetails = details(wire, "promptTokensDetails", of: "tokenCount")
    cacheTokensDetails = details(wire, "cacheTokensDetails", of: "tokenCount")
    candidatesTokensDetails = details(wire, "candidatesTokensDetails", of: "tokenCount")
    toolUsePromptTokensDetails = details(wire, "toolUsePromptTokensDetails", of: "tokenCount")
    serviceTier = wire.string("serviceTier").map(ServiceTier.init(rawValue:))
    trafficType = wire.string("trafficType")
  }

  /// A count of tokens; one that cannot be right is noted and counts as none.
  mutating func count(_ wire: WireObject, _ name: String) -> Int {
    guard let tokens = wire.tokens(name) else {
      wire.signed(name).map { impossible.append(ImpossibleCount(name: name, value: $0)) }
      return 0
    }
    return tokens
  }

  /// Counts by modality under a name; those that cannot be right are noted and left out.
  mutating func details(
    _ wire: WireObject,
    _ name: String,
    of member: String
  ) -> [ModalityTokenCount] {
    var counts: [ModalityTokenCount] = []
    for entry in wire.list(name, { $0 }) {
      let value = entry.signed(member) ?? 0
      guard let tokens = entry.tokens(member) ?? (value == 0 ? 0 : nil) else {
        impossible.append(ImpossibleCount(name: name, value: value))
        continue
      }
      counts.append(
        ModalityTokenCount(modality: entry.string("modality") ?? "", tokenCount: tokens)
      )
    }
    return counts
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
    sum.impossible += right.impossible
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

extension WireObject {
  /// More tokens than any request can hold: the largest context known has ten million (2026-11).
  private static let mostTokens = 1 << 40

  /// A count of tokens; `nil` when there is none or it cannot be right.
  func tokens(_ name: String) -> Int? {
    signed(name).flatMap { (0...Self.mostTokens).contains($0) ? $0 : nil }
  }
}
