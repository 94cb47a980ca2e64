package import RunStore
package import Transcribing

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A run to take up.
package struct EarlierRun {
  /// Its full id.
  package let id: String
  /// The speakers that its requests tell of; `nil` when that is not known.
  package let knownSpeakers: String?
  /// The most that it may cost; `nil` for what its command line says.
  package var costLimit: Decimal?
  /// Whether its replies are read anew and nothing is sent.
  package var isOffline = false
  /// Whether its requests travel by batches, so that it is taken up by what the store has of it;
  /// `nil` for a run of another kind, else whether it asks everything anew.
  package var batch: Batch?

  /// What taking up a batch goes by.
  package struct Batch {
    /// Whether everything is asked anew, also what other runs have done.
    package let isAnew: Bool
  }
}

extension EarlierRun {
  /// A run of which nothing is known but its id.
  package init(id: String) {
    self.id = id
    knownSpeakers = nil
  }

  /// A run of the store.
  package init(_ run: RunSummary, isOffline: Bool = false) {
    id = run.id
    knownSpeakers = run.knownSpeakers
    costLimit = run.costLimit
    self.isOffline = isOffline
  }

  /// The run of a batch, with what the store keeps of its work.
  package init(_ batch: BatchRun, _ kept: KeptWork) {
    self.init(batch.run.summary)
    self.batch = Batch(isAnew: kept.isAnew)
  }
}
