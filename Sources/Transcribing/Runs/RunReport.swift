public import RequestPlanning
internal import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// How a run ended.
public struct RunReport: Sendable {
  /// The run's id.
  public let run: String
  /// How each job ended, in their order.
  public let outcomes: [ItemOutcome]
  /// What was expected against what was billed, for the requests that were sent.
  public let reconciliation: Reconciliation
  /// What the requests that were sent teach about the next ones.
  public let observations: [RunObservation]
  /// The money spent, as far as prices are known, in US dollars.
  public let spent: Decimal
  /// Why the run was stopped before its end, in a sentence; `nil` when it was not.
  public let stop: StopReason?
  /// What is to be asked by a batch before the run can go on; empty for requests sent by themselves.
  public let orders: [BatchOrder]
  /// Whether taking the run up would ask for anything that is missing: what the service refused for
  /// good is not asked for again.
  public let canGoOn: Bool

  /// What stops a run before its end.
  public enum StopReason: Sendable {
    /// The next request would pass the cost limit; the sentence says by how much.
    case costLimit(String)
    /// As many items failed as were allowed to.
    case failures(Int)
    /// Whoever began it wants it to end.
    case interrupted
    /// Another worker has taken the part over.
    case lost
    /// This worker is in trouble that another may not be in.
    case unable(any Error)
  }

  /// Whether anything is left that the run can be taken up for.
  public var isUnfinished: Bool {
    outcomes.contains { outcome in
      switch outcome {
      case .finished(let item, _): !item.outline.isComplete
      case .failed, .left: true
      }
    }
  }
}
