/// A step from one form of the database to the next; named, and never changed once it is released.
struct Migration {
  let name: String
  let sql: SQL
  /// What is to be done beside, of documents that are there already.
  var finish: (@Sendable (any Connection) throws(RunStoreError) -> Void)?

  /// All steps of a file, oldest first; new ones are added at the end.
  static let ofFiles = [
    m001CreateRuns, m002KeepServiceNotes, m003KeepKnownSpeakers, m004KeepBudgets, m005KeepResults,
    m006KeepLabs, m007KeepBatches, m008KeepFileFacts,
    m009SearchByUnicode, m010MarkStandIns, m011SearchEverything,
    m012IndexWords, m013FoldMarks, m014ShareWork, m015KeepTitles,
  ]

  /// All steps of a store on a server, which begins with what files had by then.
  static let ofServers = [m013CreateStore, m014ShareWork, m015KeepTitles]

  /// Which steps a store has not seen.
  static func pending(in connection: any Connection) throws(RunStoreError) -> [Migration] {
    let all = connection.migrations
    guard let applied = try connection.appliedMigrations() else { return all }
    if let unknown = applied.first(where: { name in !all.contains { $0.name == name } }) {
      throw RunStoreError(
        .newerVersion,
        "The run store \(connection.name) was written by a newer version (it has \(unknown)).",
        remedy: "Update tabscribe; nothing was changed."
      )
    }
    return all.filter { !applied.contains($0.name) }
  }

  /// Brings a store up to date; safe when several processes do it at once.
  ///
  /// - Parameter tell: Told before a store that holds something is changed, which may take a while.
  static func apply(
    to connection: any Connection,
    at milliseconds: Int64,
    tell: @Sendable () -> Void
  ) throws(RunStoreError) {
    let missing = try pending(in: connection)
    guard !missing.isEmpty else { return }
    if missing.count < connection.migrations.count { tell() }
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
