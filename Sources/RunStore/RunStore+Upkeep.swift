internal import CSQLite

extension RunStore {
  /// What is wrong with the file, a sentence each; empty when it is sound.
  ///
  /// Reads everything, so that it takes time in proportion to the size of the store.
  public func problems() throws(RunStoreError) -> [String] {
    try access { connection throws(RunStoreError) in
      var problems = try connection.problemsOfPages()
      guard problems.isEmpty else { return problems }
      problems += try connection.problemsOfRows()
      // The index can only be checked by what SQLite takes for a change.
      if !isReadOnly { problems += try connection.problemsOfIndexes() }
      return problems
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
        """
        SELECT coalesce(sum(
          (SELECT coalesce(sum(length(c.bytes)), 0) FROM requests r
            JOIN reply_chunks c ON c.request = r.id WHERE r.item = i.id)
          + (SELECT coalesce(sum(length(json)), 0) FROM documents WHERE item = i.id)
          + (SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM segments
            WHERE id BETWEEN i.id << 24 AND (i.id << 24) + 16777215)
        ), 0) FROM items i WHERE i.run = ?
        """,
        .text(id)
      ) { $0.int(0) } ?? 0
    }
  }

  /// Copies the whole store to a new file while others go on using it.
  ///
  /// - Parameter target: An absolute path; nothing may be there yet.
  public func backup(to target: String) throws(RunStoreError) {
    guard !StoreFile.exists(target) else { throw .exists(target) }
    // Under another name until it is whole.
    let part = target + ".part"
    StoreFile.removeDatabase(part)
    do throws(RunStoreError) {
      try StoreFile.create(part)
      try access { connection throws(RunStoreError) in try connection.copy(to: part) }
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
  fileprivate func problemsOfPages() throws(RunStoreError) -> [String] {
    do throws(RunStoreError) {
      let lines = try rows("PRAGMA integrity_check(20)") { $0.text(0) }
      return lines == ["ok"] ? [] : lines
    } catch {
      guard error.code == .damaged else { throw error }
      return [error.message]
    }
  }

  /// Rows that refer to what is not there, a sentence each.
  func problemsOfRows() throws(RunStoreError) -> [String] {
    let references = try rows("PRAGMA foreign_key_check") { row in
      "A row of \(row.text(0)) refers to a row of \(row.text(2)) that is not there."
    }
    let orphans = try rows(
      """
      SELECT 'segments', count(*) FROM segments WHERE item NOT IN (SELECT id FROM items)
      UNION ALL
      SELECT 'speakers', count(*) FROM speakers WHERE item NOT IN (SELECT id FROM items)
      UNION ALL
      SELECT 'passages', count(*) FROM passages WHERE item NOT IN (SELECT id FROM items)
      """
    ) { (table: $0.text(0), count: $0.int(1)) }
    return references
      + orphans.filter { $0.count > 0 }.map { "\($0.count) \($0.table) belong to no item." }
  }

  fileprivate func problemsOfIndexes() throws(RunStoreError) -> [String] {
    do throws(RunStoreError) {
      try execute(
        """
        INSERT INTO text_words (text_words, rank) VALUES ('integrity-check', 1);
        INSERT INTO speaker_words (speaker_words, rank) VALUES ('integrity-check', 1);
        """
      )
      return []
    } catch {
      guard error.code == .damaged else { throw error }
      return ["The index of words does not fit the transcripts."]
    }
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

  /// Makes the file smaller; what others keep in use is given back another time.
  fileprivate func giveBackSpace() throws(RunStoreError) {
    do throws(RunStoreError) {
      try execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
    } catch {
      guard error.code == .busy else { throw error }
    }
  }

  /// Copies the database into an empty file.
  func copy(to path: String) throws(RunStoreError) {
    let target = try Connection(path: path, .writing, patience: 0)
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      return try target.check(sqlite3_extended_errcode(target.handle))
    }
    let code = sqlite3_backup_step(backup, -1)
    sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else {
      throw .sqlite(code, path: path, details: String(cString: sqlite3_errstr(code)))
    }
  }
}
