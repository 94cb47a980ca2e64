internal import CSQLite

/// A step from one form of the database to the next; named, and never changed once it is released.
struct Migration {
  let name: String
  let sql: StaticString
  /// What is to be done beside, of documents that are there already.
  var finish: (@Sendable (Connection) throws(RunStoreError) -> Void)?

  /// All steps, oldest first; new ones are added at the end.
  static let all = [
    m001CreateRuns, m002KeepServiceNotes, m003KeepKnownSpeakers, m004KeepBudgets, m005KeepResults,
    m006KeepLabs, m007KeepBatches, m008KeepFileFacts,
    m009SearchByUnicode, m010MarkStandIns, m011SearchEverything,
    m012IndexWords, m013FoldMarks,
  ]

  /// "Tabs" in ASCII: tells a run store from other databases.
  private static let applicationID = 0x5461_6273

  /// Whether a file is a store, and which steps it has not seen.
  static func pending(in connection: Connection) throws(RunStoreError) -> [Migration] {
    let tables = try connection.first("SELECT count(*) FROM sqlite_schema") { $0.int(0) }
    if tables == 0 { return all }
    let id = try connection.first("PRAGMA application_id") { $0.int(0) }
    guard id == applicationID else {
      throw RunStoreError(
        .notAStore,
        "\(connection.path) is a database of another program.",
        remedy: "Move the file away, or name another folder in TABSCRIBE_HOME."
      )
    }
    let applied = try connection.rows("SELECT name FROM migrations ORDER BY name") { $0.text(0) }
    if let unknown = applied.first(where: { name in !all.contains { $0.name == name } }) {
      throw RunStoreError(
        .newerVersion,
        "The run store \(connection.path) was written by a newer version (it has \(unknown)).",
        remedy: "Update tabscribe; nothing was changed."
      )
    }
    return all.filter { !applied.contains($0.name) }
  }

  /// Brings a store up to date; safe when several processes do it at once.
  ///
  /// - Parameter tell: Told before a store that holds something is changed, which may take a while.
  static func apply(
    to connection: Connection,
    at milliseconds: Int64,
    tell: @Sendable () -> Void
  ) throws(RunStoreError) {
    let missing = try pending(in: connection)
    guard !missing.isEmpty else { return }
    if missing.count < all.count { tell() }
    try connection.transaction(.power) { () throws(RunStoreError) in
      // Another process may have been faster.
      for migration in try pending(in: connection) {
        try connection.execute(migration.sql)
        try migration.finish?(connection)
        try connection.run(
          "INSERT INTO migrations (name, applied_ms) VALUES (?, ?)",
          .text(migration.name),
          .int(milliseconds)
        )
      }
    }
  }
}
