internal import CSQLite

extension SQLiteConnection {
  func problemsOfPages() throws(RunStoreError) -> [String] {
    do throws(RunStoreError) {
      let lines = try rows("PRAGMA integrity_check(20)") { $0.text(0) }
      return lines == ["ok"] ? [] : lines
    } catch {
      guard error.code == .damaged else { throw error }
      return [error.message]
    }
  }

  func problemsOfReferences() throws(RunStoreError) -> [String] {
    try rows("PRAGMA foreign_key_check") { row in
      "A row of \(row.text(0)) refers to a row of \(row.text(2)) that is not there."
    }
  }

  /// The index can only be checked by what SQLite takes for a change.
  func problemsOfIndexes() throws(RunStoreError) -> [String] {
    guard sqlite3_db_readonly(handle, "main") == 0 else { return [] }
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

  /// Makes the file smaller; what others keep in use is given back another time.
  func giveBackSpace() throws(RunStoreError) {
    do throws(RunStoreError) {
      try execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
    } catch {
      guard error.code == .busy else { throw error }
    }
  }

  /// Copies the database into an empty file.
  func copy(to path: String) throws(RunStoreError) {
    let target = try SQLiteConnection(path: path, .writing, patience: 0)
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
