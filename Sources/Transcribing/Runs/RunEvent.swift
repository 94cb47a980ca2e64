#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What happens in the course of a run.
public enum RunEvent: Sendable {
  /// A request is under way: the job's and the clip's position, and what it does.
  case progress(job: Int, clip: Int, TranscriptionProgress)
  /// A request has ended; the tokens and money of the run so far.
  case spent(tokens: Int, dollars: Decimal, requests: Int)
  /// An item has ended.
  case ended(job: Int, ItemOutcome)
}

/// How an item of a run ended.
public enum ItemOutcome: Sendable {
  /// There is a result; it says itself whether it is complete. With the files written of it.
  case finished(FinishedItem, files: [String])
  /// There is none, for this reason.
  case failed(any Error)
  /// It was not begun, since the run was stopped before.
  case left
}

/// Gets told what happens in a run; called often and from any thread.
public typealias RunObserver = @Sendable (RunEvent) -> Void
