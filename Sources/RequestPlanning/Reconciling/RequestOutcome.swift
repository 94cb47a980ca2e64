public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// How a planned request ended.
public struct RequestOutcome: Sendable {
  /// The request's place in the plan, from 1.
  public let order: Int
  /// What was billed.
  public let usage: Usage
  /// What it cost; `nil` to price it by the plan's day and tier.
  public let cost: Decimal?
  /// Whether the reply was whole; a cut one is not held against the estimate of its length.
  public let isComplete: Bool

  /// How a planned request ended.
  public init(order: Int, usage: Usage, cost: Decimal? = nil, isComplete: Bool = true) {
    self.order = order
    self.usage = usage
    self.cost = cost
    self.isComplete = isComplete
  }
}
