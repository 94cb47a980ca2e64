extension RunStore {
  /// The newest runs, newest first.
  public func runs(limit: Int = .max) throws(RunStoreError) -> [RunSummary] {
    try access { connection throws(RunStoreError) in
      let ids = try connection.rows(
        "SELECT id FROM runs ORDER BY started_ms DESC, id DESC LIMIT ?",
        .int(limit)
      ) { $0.text(0) }
      var runs: [RunSummary] = []
      for id in ids { if let run = try connection.runSummary(id) { runs.append(run) } }
      return runs
    }
  }

  /// How many runs there are.
  public func runCount() throws(RunStoreError) -> Int {
    try access { connection throws(RunStoreError) in
      try connection.first("SELECT count(*) FROM runs") { $0.int(0) } ?? 0
    }
  }

  /// A run with its items by its full id, or `nil`.
  public func run(_ id: String) throws(RunStoreError) -> StoredRun? {
    try access { connection throws(RunStoreError) in
      guard let summary = try connection.runSummary(id) else { return nil }
      let numbers = try connection.rows(
        "SELECT id FROM items WHERE run = ? ORDER BY position",
        .text(id)
      ) { $0.int64(0) }
      var items: [StoredItem] = []
      for number in numbers { if let item = try connection.item(number) { items.append(item) } }
      return StoredRun(summary: summary, items: items)
    }
  }

  /// An item by its number, or `nil`.
  public func item(_ id: Int64) throws(RunStoreError) -> StoredItem? {
    try access { connection throws(RunStoreError) in try connection.item(id) }
  }

  /// The newest item that is complete and has one of some identities, the first that any has; or
  /// `nil`.
  public func completeItem(identities: [String]) throws(RunStoreError) -> StoredItem? {
    for identity in identities {
      if let item = try completeItem(identity: identity) { return item }
    }
    return nil
  }

  /// The newest item that is complete and has an identity, or `nil`.
  public func completeItem(identity: String) throws(RunStoreError) -> StoredItem? {
    try access { connection throws(RunStoreError) in
      let id = try connection.first(
        """
        SELECT id FROM items WHERE identity = ? AND status = 'complete' ORDER BY id DESC LIMIT 1
        """,
        .text(identity)
      ) { $0.int64(0) }
      return try id.flatMap { id throws(RunStoreError) in try connection.item(id) }
    }
  }

  /// The full id of a run named by its id, the beginning of it, or `last`.
  ///
  /// - Throws: The codes `unknownRun` and `ambiguousRun`.
  public func resolveRun(_ reference: String) throws(RunStoreError) -> String {
    try access { connection throws(RunStoreError) in try connection.resolveRun(reference) }
  }

  /// The item that `RUN` or `RUN.N` names; without a number the run must have just one.
  ///
  /// - Throws: The codes `unknownRun` and `ambiguousRun`.
  public func resolveItem(_ reference: String) throws(RunStoreError) -> StoredItem {
    try access { connection throws(RunStoreError) in
      let (run, position) = ItemReference.parts(reference)
      let id = try connection.resolveRun(run)
      let items = try connection.rows(
        "SELECT id FROM items WHERE run = ?1 AND (?2 IS NULL OR position = ?2)",
        .text(id),
        .int(position)
      ) { $0.int64(0) }
      guard items.count <= 1 else { throw .manyItems(id, items.count) }
      guard let number = items.first, let item = try connection.item(number) else {
        throw .unknownRun(reference)
      }
      return item
    }
  }
}
