internal import GeminiAPI
public import RunStore

/// What a run that is taken up has answers to, so that it is neither sent nor paid again.
public struct EarlierAnswers: Sendable {
  private let requests: [String: [StoredRequest]]

  /// The answers of a run; none when the store does not know it.
  ///
  /// - Throws: `RunStoreError`.
  public init(of run: String, in store: RunStore) throws(RunStoreError) {
    var requests: [String: [StoredRequest]] = [:]
    for item in try store.run(run)?.items ?? [] {
      requests[item.item.identity] = try store.requests(of: item.id)
    }
    self.requests = requests
  }

  /// The replies that are kept about some work.
  func replies(to work: PreparedTranscription) -> EarlierReplies {
    EarlierReplies(work.identities.lazy.compactMap { requests[$0] }.first ?? [])
  }
}
