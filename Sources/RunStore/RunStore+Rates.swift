public import OrderedJSON

extension RunStore {
  /// What the user's own runs have taught about a service, or `nil` when they have taught nothing.
  ///
  /// - Parameter service: The service's host name.
  public func learnedRates(of service: String) throws(RunStoreError) -> JSONValue? {
    try access { connection throws(RunStoreError) in try connection.learnedRates(of: service) }
  }

  /// Changes what was learnt about a service; no other process changes it meanwhile.
  ///
  /// - Parameter change: Makes the new rates of those that are there.
  public func updateLearnedRates(
    of service: String,
    _ change: (JSONValue?) -> JSONValue
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        _ = try connection.run(
          """
          INSERT INTO rates (key, value) VALUES (?, ?)
          ON CONFLICT (key) DO UPDATE SET value = excluded.value
          """,
          .text(service),
          .json(change(try connection.learnedRates(of: service)))
        )
      }
    }
  }
}

extension Connection {
  fileprivate func learnedRates(of service: String) throws(RunStoreError) -> JSONValue? {
    try first("SELECT value FROM rates WHERE key = ?", .text(service)) {
      row throws(RunStoreError) in try row.json(0)
    }
  }
}
