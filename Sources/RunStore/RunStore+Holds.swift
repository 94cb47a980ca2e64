/// Quotas that are used up for a while, as one process learns of it and all hold back.
extension RunStore {
  /// Holds requests to a model back for a while, unless they are for longer.
  public func hold(_ model: String, of account: String, for time: Duration) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        """
        INSERT INTO holds (account, model, until_ms) VALUES (?, ?, ?)
        ON CONFLICT (account, model) DO UPDATE SET until_ms = excluded.until_ms
        WHERE holds.until_ms < excluded.until_ms
        """,
        .text(account),
        .text(model),
        .int(try connection.clock().now + time.wholeMilliseconds)
      )
    }
  }

  /// How long requests to a model are to hold back; `nil` when they need not.
  public func hold(of model: String, _ account: String) throws(RunStoreError) -> Duration? {
    try access { connection throws(RunStoreError) in
      let end = try connection.first(
        "SELECT until_ms FROM holds WHERE account = ? AND model = ?",
        .text(account),
        .text(model)
      ) { $0.int64(0) }
      guard let end else { return nil }
      let left = end - (try connection.clock().now)
      return left > 0 ? .milliseconds(left) : nil
    }
  }
}
