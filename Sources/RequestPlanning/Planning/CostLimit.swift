#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The most a run may cost, in US dollars; checked before the first request and between requests.
public struct CostLimit: Hashable, Sendable {
  /// Whether to go on.
  public enum Verdict: Hashable, Sendable {
    /// Within the limit.
    case proceed
    /// Not within the limit; why, in one sentence.
    case refuse(String)
  }

  /// The most, in US dollars.
  public let dollars: Decimal

  /// A limit of so many US dollars.
  public init(dollars: Decimal) { self.dollars = dollars }

  /// Whether a plan may be sent at all: its likeliest cost must be within the limit, with what was
  /// spent before.
  public func verdict(on plan: Plan, spent: Decimal = 0) -> Verdict {
    guard let cost = plan.total.cost else {
      return .refuse(
        "The cost is not known, so it cannot be held to \(dollars.dollars) USD."
      )
    }
    let expected = cost.cached.expected
    guard spent + expected > dollars else { return .proceed }
    guard spent == 0 else {
      return .refuse(
        "\(spent.dollars) USD are spent and the rest is estimated at \(expected.dollars) USD, which "
          + "passes the limit of \(dollars.dollars) USD."
      )
    }
    return .refuse(
      "The estimate of \(expected.dollars) USD is above the limit of \(dollars.dollars) USD."
    )
  }

  /// Whether the next request may be sent after some money is spent.
  ///
  /// - Parameters:
  ///   - running: What the requests under way count for.
  ///   - expected: What the next one does.
  public func verdict(spent: Decimal, running: Decimal = 0, next expected: Decimal) -> Verdict {
    guard spent + running + expected > dollars else { return .proceed }
    return .refuse(
      "\(spent.dollars) USD are spent and the next request is estimated at \(expected.dollars) USD, "
        + "which passes the limit of \(dollars.dollars) USD; raise it and resume."
    )
  }
}
