#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Requests in the order in which they are to be sent, with what they are expected to cost.
public struct Plan: Sendable {
  /// A request in its place.
  public struct Entry: Sendable {
    /// The place, from 1.
    public let order: Int
    /// The request's position in the list that was planned, from 0.
    public let position: Int
    /// The request.
    public let request: PlanRequest
    /// What it shares with the others of its group, as hexadecimal digits.
    public let prefix: String
    /// The group, from 1; the requests of a group begin alike.
    public let group: Int
    /// Why it stands there.
    public let reason: CacheReason
    /// The tokens to expect; `nil` when the model or the length is not known.
    public let tokens: TokenEstimate?
    /// Tokens expected to come from a cache.
    public let cachedTokens: Int
    /// What requests to the model take and cost.
    public let quote: Quote

    /// The model behind the name, the name itself where the model is not known.
    public var model: String { quote.model }

    /// The cost to expect; `nil` when the tokens or the price are not known.
    public var cost: CostEstimate? {
      tokens.flatMap { quote.cost(of: $0, cached: cachedTokens) }
    }

    /// How long its answer is expected to take, in seconds; `nil` until runs have taught it.
    public var seconds: Double? { request.shape.flatMap(quote.seconds) }

    /// How much of the model's limits it uses; `nil` when not known.
    public var share: LimitShare? {
      guard let tokens, let estimator = quote.estimator else { return nil }
      return estimator.card.share(of: tokens, on: estimator.platform)
    }

    /// Whether the rest of the group waits for it.
    public var isWarmUp: Bool {
      if case .warmUp = reason { true } else { false }
    }

    /// Whether its beginning is expected to come from a cache.
    public var expectsHit: Bool { cachedTokens > 0 }
  }

  /// The requests in order.
  public let entries: [Entry]
  let options: PlannerOptions
  /// What to know before anything is sent, each said once.
  public private(set) var notices: [String]
  /// Everything together.
  public let total: Total
  /// The day whose prices were used.
  public var day: CalendarDay { options.day }
  /// Tokens and costs of the requests that are to be sent.
  public struct Total: Sendable {
    /// The number of requests; those that were answered before do not count.
    public internal(set) var requests = 0
    /// Tokens of all prompts that are known.
    public internal(set) var inputTokens = 0
    /// Tokens of all replies and thinking.
    public internal(set) var outputTokens = TokenRange.zero
    /// Tokens expected to come from caches.
    public internal(set) var cachedTokens = 0
    /// The cost; `nil` when that of a request is not known.
    public internal(set) var cost: CostEstimate?
    /// Requests expected to hit a cache.
    public internal(set) var expectedHits = 0
    /// What asking again about stretches without a row adds at most, where that is asked for.
    ///
    /// How much of it is needed shows only in the replies, so that it is in no other figure.
    public internal(set) var fillingGaps: Most?
    /// What looking again for names that stay unknown adds at most, where that is asked for; in no other
    /// figure either.
    public internal(set) var sharpening: Most?
  }

  /// What may be needed beyond what a plan counts.
  public struct Most: Hashable, Sendable {
    /// Requests at most.
    public internal(set) var requests = 0
    /// The cost at most, in US dollars; `nil` when it is not known.
    public internal(set) var cost: Decimal? = 0
  }
}

extension Plan {
  /// How long everything is expected to take; `nil` when that of a request is not known.
  ///
  /// - Parameter jobs: Requests at a time, at least 1.
  public func duration(jobs: Int) -> Duration? {
    let seconds = entries.compactMap(\.seconds)
    guard seconds.count == entries.count, !seconds.isEmpty else { return nil }
    return .seconds(Makespan.seconds(of: seconds, at: jobs))
  }

  /// The plan with what else a person should know, each sentence once.
  public func noting(_ more: some Sequence<String>) -> Plan {
    var plan = self
    for notice in more where !plan.notices.contains(notice) { plan.notices.append(notice) }
    return plan
  }
}
