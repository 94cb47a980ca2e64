/// Which faults are played, and when, and which answers are wrong in a known way.
///
/// Whether a request is hit depends on the seed, the rule, the request's own bytes and how often it
/// has come before, never on the order in which requests arrive: a run repeats itself.
package struct Scenario: Hashable, Sendable {
  /// What a request asks for.
  package enum Operation: String, CaseIterable, Hashable, Sendable {
    case generate
    case stream
    case count
    case upload
    case files
    case caches
    /// The generations inside a batch.
    case batches
    /// Batches as a whole.
    case batchJobs = "batch-jobs"
    case interactions
  }

  /// One fault and the requests it hits.
  package struct Rule: Hashable, Sendable {
    /// The fault.
    package var fault: Fault
    /// The operations hit; empty for generations and streams.
    package var operations: Set<Operation> = []
    /// Only requests to this model; `nil` for all.
    package var model: String?
    /// The share of matching requests hit, `0...1`.
    package var share = 1.0
    /// Only the first so many tries of a request; `nil` for every one.
    package var attempts: Int?
    /// At most so many requests in all; `nil` without limit.
    package var times: Int?
    /// Matching requests let through first.
    package var skip = 0

    /// A rule that hits every generation.
    package init(_ fault: Fault) { self.fault = fault }

    func matches(_ operation: Operation, model: String?) -> Bool {
      let operations = operations.isEmpty ? [.generate, .stream, .interactions] : operations
      return operations.contains(operation) && (self.model == nil || self.model == model)
    }
  }

  /// The rules; the first that hits a request decides.
  package var rules: [Rule]
  /// Answers that are wrong in a known way; the first whose words a prompt has decides.
  package var replies: [ScriptedReply] = []

  /// A scenario of rules.
  package init(rules: [Rule] = []) { self.rules = rules }
}
