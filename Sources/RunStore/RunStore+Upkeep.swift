extension RunStore {
  /// What is wrong with the file, a sentence each; empty when it is sound.
  ///
  /// Reads everything, so that it takes time in proportion to the size of the store.
  public func problems() throws(RunStoreError) -> [String] {
    try access { connection throws(RunStoreError) in
      var problems = try connection.problemsOfPages()
      guard problems.isEmpty else { return problems }
      problems += try connection.problemsOfRows()
      return problems + (try connection.problemsOfIndexes())
    }
  }

  /// Removes a run and all that only it has: items, replies, transcripts; the results written stay.
  ///
  /// - Throws: The code `inUse` when a process works on it.
  public func deleteRun(_ id: String) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        guard let run = try connection.runSummary(id) else { throw .unknownRun(id) }
        guard run.status != .running else { throw .inUse(run) }
        try connection.removeRun(id)
      }
      try connection.giveBackSpace()
    }
  }

  /// How much a run holds, in bytes: its replies as they came, its results, and their rows as they are
  /// searched.
  public func size(ofRun id: String) throws(RunStoreError) -> Int {
    try access { connection throws(RunStoreError) in
      try connection.first(
        SQL(
          sqlite: """
            SELECT coalesce(sum(
              (SELECT coalesce(sum(length(c.bytes)), 0) FROM requests r
                JOIN reply_chunks c ON c.request = r.id WHERE r.item = i.id)
              + (SELECT coalesce(sum(length(json)), 0) FROM documents WHERE item = i.id)
              + (SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM segments
                WHERE id BETWEEN i.id << 24 AND (i.id << 24) + 16777215)
            ), 0) FROM items i WHERE i.run = ?
            """,
          postgresql: """
            SELECT coalesce(sum(
              (SELECT coalesce(sum(length(c.bytes)), 0) FROM requests r
                JOIN reply_chunks c ON c.request = r.id WHERE r.item = i.id)
              + (SELECT coalesce(sum(length(json)), 0) FROM documents WHERE item = i.id)
              + (SELECT coalesce(sum(octet_length(text)), 0) FROM segments
                WHERE id BETWEEN i.id << 24 AND (i.id << 24) + 16777215)
            ), 0) FROM items i WHERE i.run = ?
            """
        ),
        .text(id)
      ) { $0.int(0) } ?? 0
    }
  }

  /// Copies the whole store to a new file while others go on using it; of a store on a server all but
  /// the notes about files and caches, in a store of its own.
  ///
  /// - Parameter target: An absolute path; nothing may be there yet.
  public func backup(to target: String) throws(RunStoreError) {
    guard !StoreFile.exists(target) else { throw .exists(target) }
    // Under another name until it is whole.
    let part = target + ".part"
    StoreFile.removeDatabase(part)
    do throws(RunStoreError) {
      try StoreFile.create(part)
      if Self.isAddress(path) {
        _ = try RunStore(path: part, now: now).take(in: self, leavingOut: [])
      } else {
        try access { connection throws(RunStoreError) in
          try (connection as? SQLiteConnection)?.copy(to: part)
        }
      }
      try StoreFile.rename(part, to: target)
    } catch {
      StoreFile.removeDatabase(part)
      throw error
    }
  }
}

extension RunStoreError {
  static func exists(_ path: String) -> RunStoreError {
    RunStoreError(.exists, "\(path) is there already.", remedy: "Choose another name.")
  }
}

extension Connection {
  /// Rows that refer to what is not there, a sentence each.
  func problemsOfRows() throws(RunStoreError) -> [String] {
    let orphans = try rows(
      """
      SELECT 'segments', count(*) FROM segments WHERE item NOT IN (SELECT id FROM items)
      UNION ALL
      SELECT 'speakers', count(*) FROM speakers WHERE item NOT IN (SELECT id FROM items)
      UNION ALL
      SELECT 'passages', count(*) FROM passages WHERE item NOT IN (SELECT id FROM items)
      """
    ) { (table: $0.text(0), count: $0.int(1)) }
    return try problemsOfReferences()
      + orphans.filter { $0.count > 0 }.map { "\($0.count) \($0.table) belong to no item." }
  }

  fileprivate func removeRun(_ id: String) throws(RunStoreError) {
    for item in try rows("SELECT id FROM items WHERE run = ?", .text(id), read: { $0.int64(0) }) {
      try removeRows(of: item)
    }
    try run("DELETE FROM items WHERE run = ?", .text(id))
    try run("DELETE FROM runs WHERE id = ?", .text(id))
    try run("DELETE FROM sources WHERE id NOT IN (SELECT source FROM items)")
    try run(
      """
      DELETE FROM texts WHERE digest NOT IN (
        SELECT prompt FROM items UNION SELECT schema FROM items UNION SELECT config FROM items
        UNION SELECT prompt FROM lab_variants
      )
      """
    )
  }
}
