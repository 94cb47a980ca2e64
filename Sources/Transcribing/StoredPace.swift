public import GeminiAPI
public import RunStore

/// Quotas that are used up, as all who use a store learn of it.
public struct StoredPace: PaceNotes {
  private let store: RunStore
  private let account: String

  /// The notes of a store about the quotas of a client's key.
  public init(in store: RunStore, of client: GeminiClient) {
    (self.store, account) = (store, client.account)
  }

  /// Holds requests to a model back; one that cannot be noted costs others a refused request, which is sent
  /// again.
  public func hold(_ model: String, for time: Duration) {
    try? store.hold(model, of: account, for: time)
  }

  /// How long requests to a model are to hold back; `nil` when they need not, or that cannot be read.
  public func hold(of model: String) -> Duration? {
    (try? store.hold(of: model, account)) ?? nil
  }
}
