internal import CSQLite

extension SQLiteConnection {
  /// Opens a file for changes, making it and its folder where there is none.
  static func writing(
    _ path: String,
    patience: Duration
  ) throws(RunStoreError) -> SQLiteConnection {
    try StoreFile.checkIsFile(path)
    try StoreFile.create(path)
    let connection = try SQLiteConnection(
      path: path,
      .writing,
      patience: patience.milliseconds
    )
    // Before anything is changed: the file may belong to another program or a newer version.
    _ = try Migration.pending(in: connection)
    guard sqlite3_db_readonly(connection.handle, "main") == 0 else {
      throw .sqlite(SQLITE_READONLY, path: path, details: "")
    }
    try connection.configureForWriting(patience: patience)
    return connection
  }

  /// Opens a file that is there for reading.
  static func reading(
    _ path: String,
    patience: Duration
  ) throws(RunStoreError) -> SQLiteConnection {
    let patience = patience.milliseconds
    guard StoreFile.exists(path) else { throw .missing(path) }
    try StoreFile.checkIsFile(path)
    do throws(RunStoreError) {
      let connection = try SQLiteConnection(path: path, .reading, patience: patience)
      _ = try Migration.pending(in: connection)
      return connection
    } catch {
      // SQLite makes a file beside the database even to read it. Where it cannot, nobody else
      // can write either, unless a log of changes lies there.
      let isRefused = error.code == .unreadable || error.code == .readOnly
      guard isRefused, !StoreFile.exists(path + "-wal") else { throw error }
      return try SQLiteConnection(path: path, .readingUnchangeable, patience: patience)
    }
  }

  /// "Tabs" in ASCII: tells a run store from other databases.
  private static let applicationID = 0x5461_6273

  func engine() -> String { "SQLite \(String(cString: sqlite3_libversion()))" }

  var migrations: [Migration] { Migration.ofFiles }

  func appliedMigrations() throws(RunStoreError) -> [String]? {
    let tables = try first("SELECT count(*) FROM sqlite_schema") { $0.int(0) }
    if tables == 0 { return nil }
    let id = try first("PRAGMA application_id") { $0.int(0) }
    guard id == Self.applicationID else {
      throw RunStoreError(
        .notAStore,
        "\(name) is a database of another program.",
        remedy: "Move the file away, or name another folder in TABSCRIBE_HOME."
      )
    }
    return try rows("SELECT name FROM migrations ORDER BY name") { $0.text(0) }
  }

  /// Sets the connection up; the file may be new.
  private func configureForWriting(patience: Duration) throws(RunStoreError) {
    // Takes effect in a new file only, so that space can be given back without a rewrite.
    try execute("PRAGMA auto_vacuum = INCREMENTAL")
    let mode = try first("PRAGMA journal_mode") { $0.text(0) }
    if mode != "wal" { try useWriteAheadLog(patience: patience) }
    try execute(
      """
      PRAGMA synchronous = NORMAL;
      PRAGMA foreign_keys = ON;
      PRAGMA cache_size = -16000;
      PRAGMA journal_size_limit = 67108864;
      """
    )
  }

  /// SQLite does not wait by itself when several processes do this at once.
  private func useWriteAheadLog(patience: Duration) throws(RunStoreError) {
    let end = ContinuousClock.now + patience
    while true {
      do throws(RunStoreError) {
        return try execute("PRAGMA journal_mode = WAL")
      } catch {
        guard error.code == .busy, ContinuousClock.now < end else { throw error }
        sqlite3_sleep(10)
      }
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
