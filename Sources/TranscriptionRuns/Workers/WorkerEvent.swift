package import RunStore
package import Transcribing

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// What a worker tells whoever started it.
package enum WorkerEvent {
  /// An item came to its end.
  case ended(ItemOutcome)
  /// An item that cannot be done on this machine is left to others.
  case left(StoredItem, LeftItem)
  /// Requests of a part were paid for, in USD.
  case spent(Decimal)
  /// Nothing is free, and what others hold may come back: so many recordings.
  case waits(held: Int)
  /// A run cannot be carried out here, so that nothing of it is taken.
  case unable(run: String, any Error)
  /// Nothing more of a run is taken.
  case stopped(run: String, WorkerStop)
  /// A recording was taken over by another worker, as this one gave no sign of life for its lease.
  case lost
  /// A trouble of this worker ends it: what it holds goes back, and others may fare better.
  case failed(any Error)
}

/// Why an item cannot be done on a machine.
package enum LeftItem {
  /// Its source is named, and cannot be used.
  case refused(RefusedSource)
  /// Its source is there, and not what was enqueued; or the prompt, the service or the settings are others.
  case changed
  /// No source of that name is there.
  case missing
}

/// Why a worker takes nothing more of a run.
package enum WorkerStop {
  /// As many of its sources failed as may.
  case tooManyFailures(Int)
  /// It would cost more than it may: a sentence.
  case costLimit(String)
}
