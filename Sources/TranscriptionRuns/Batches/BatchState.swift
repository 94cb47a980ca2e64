internal import GeminiAPI
internal import RunStore
package import Transcribing

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// How a batch stands: its last round.
package struct BatchState {
  private let last: StoredBatch?
  private let now: Date

  /// How a batch stands at a time.
  package init(_ batch: BatchRun, now: Date) { (last, self.now) = (batch.last, now) }

  /// How it stands, in a few words, which may hold what the service says.
  package var words: String {
    guard let last, last.isSubmitted else { return "not submitted" }
    guard last.stage == .submitted else {
      let missing = last.requestCount - last.answeredCount
      return missing == 0 ? "fetched" : "fetched, \(missing) without an answer"
    }
    let prefix = "BATCH_STATE_"
    let name = last.serviceState?.rawValue ?? "submitted"
    let word = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    return word.lowercased().map { $0 == "_" ? " " : String($0) }.joined()
      + (isOverdue ? ", overdue" : "")
  }

  /// Whether the service has had its day.
  package var isOverdue: Bool {
    guard let last, !last.isFinal, let deadline = last.deadline else { return false }
    return deadline < now
  }
}
