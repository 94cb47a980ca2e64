extension PostgreSQLConnection {
  func engine() throws(RunStoreError) -> String {
    let version = try first("SHOW server_version") { $0.text(0) } ?? ""
    return "PostgreSQL " + version.prefix { $0 != " " }
  }

  var migrations: [Migration] { Migration.ofServers }

  func appliedMigrations() throws(RunStoreError) -> [String]? {
    let schema = try first("SELECT current_schema()") { $0.optionalText(0) } ?? nil
    guard schema != nil else {
      throw RunStoreError(
        .notAStore,
        "The address \(name) leads to no schema of its database.",
        remedy: "Make it, or name one that is there with options=-csearch_path=NAME."
      )
    }
    let mark = try first(
      "SELECT obj_description(to_regclass('migrations'), 'pg_class') = 'Tabscribe'"
    ) { $0.flag(0) }
    if mark == true {
      return try rows("SELECT name FROM migrations ORDER BY name") { $0.text(0) }
    }
    let others = try first(
      """
      SELECT count(*) FROM pg_catalog.pg_tables
      WHERE schemaname = current_schema()
        AND tablename IN ('migrations', 'runs', 'items', 'sources', 'texts', 'requests')
      """
    ) { $0.int(0) }
    guard others == 0 else {
      throw RunStoreError(
        .notAStore,
        "The database of \(name) holds tables of another program.",
        remedy: "Name an empty database, or a schema of it with options=-csearch_path=NAME."
      )
    }
    return nil
  }

  /// Servers look after their files.
  func problemsOfPages() throws(RunStoreError) -> [String] { [] }

  /// Servers take no such rows.
  func problemsOfReferences() throws(RunStoreError) -> [String] { [] }

  func problemsOfIndexes() throws(RunStoreError) -> [String] {
    let differing =
      try first(
        """
        SELECT count(*) FROM searched_texts t FULL JOIN text_words w ON w.id = t.id
        WHERE t.id IS NULL OR w.id IS NULL
        """
      ) { $0.int(0) } ?? 0
    let speakers =
      try first(
        """
        SELECT count(*) FROM speakers s FULL JOIN speaker_words w ON w.id = s.id
        WHERE s.id IS NULL OR w.id IS NULL
        """
      ) { $0.int(0) } ?? 0
    guard differing == 0, speakers == 0, try wordsFit() else {
      return ["The index of words does not fit the transcripts."]
    }
    return []
  }

  /// Servers give it to what comes next.
  func giveBackSpace() throws(RunStoreError) {}
}
